// Contacts as the API shows them: one statement for one contact or for a page of them.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { type Database, estimatedRows, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countCap, type Page, toPage, readCursor } from "#kernel/http/pagination.ts"
import { claimerSql } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import type { Contact, ListQuery } from "./api-contract.ts"
import { undoDays } from "./merge/merge-record-store.ts"
import { parseContactQuery, contactQueryCondition } from "./search-condition.ts"
import {
  visibleContactSql,
  openedForSql,
  reachesAllTicketsSql,
  typedByStaffSql,
  type Viewer,
  fullyVisibleSql,
} from "./visibility.ts"

/** Columns of the API's contact over a row `c`. Where not all of it is to be seen: the name, and what the viewer typed. */
function columnsFor(p: Param, viewer: Viewer): string {
  const whole = viewer.seesAll ? "" : ` and (w.whole or ${typedByStaffSql(p, viewer)})`
  return `
  c.id, c.name, case when w.whole then c.tier end as tier, case when w.whole then c.language end as language,
  case when w.whole then (select u.timezone from users u where u.contact_id = c.id and u.disabled_at is null order by u.id limit 1) end as timezone,
  c.is_group as "isGroup",
  coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'scope', i.scope, 'value', i.value,
              'proof', i.proof, 'addedBy', (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = i.added_by_id),
              'noMarketingSince', case when not i.wants_marketing
                then to_char(i.marketing_said_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end, 'isConfirmed', coalesce(i.confirmed_for = i.contact_id, false),
              'isClaimed', exists (select from contact_identities x where ${claimerSql("i", "x")}),
              'page', i.page, 'referrer', i.referrer) order by i.created_at, i.id)
            from contact_identities i where i.contact_id = c.id${whole}), '[]') as identities,
  case when w.whole then c.custom_fields else '{}' end as "customFields", case when w.whole then c.note else '' end as note,
  w.whole and c.blocked as blocked,
  c.merged_into as "mergedInto", c.created_at as "createdAt", c.updated_at as "updatedAt", not w.whole as "isPartial",
  case when not w.whole then '{}'::text[] when ${reachesAllTicketsSql(p, viewer)} then '{edit,merge,block}' else '{edit}' end as can,
  case when w.whole then ${mergedSql} else '[]' end as merged`
}

// Where each says when: it can be undone for some days only.
const mergedSql = `coalesce((select json_agg(json_build_object('id', k.id, 'name', k.name,
    'mergedAt', to_char(m.merged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by m.merged_at desc, k.id)
  from contacts k join contact_merges m on m.source_id = k.id
  where k.merged_into = c.id and m.is_undoable and m.merged_at > now() - make_interval(days => ${undoDays})), '[]')`

const wholeJoin = (p: Param, viewer: Viewer) => `cross join lateral (select ${fullyVisibleSql(p, viewer)} as whole) w`

/** The contact with this id as its reader sees it; the one it was merged into when there is one. */
export async function contactById(from: Kysely<DB>, viewer: Viewer, id: string): Promise<Contact> {
  const rows = await runIn<Contact>(
    from,
    statement(
      "",
      (p) => `select ${columnsFor(p, viewer)} from contacts c ${wholeJoin(p, viewer)} where c.id = (
        select coalesce(merged_into, id) from contacts where id = ${p(id)}) and (w.whole or ${openedForSql(p, viewer)})`,
    ),
  )
  if (!rows[0]) throw notFound("contact")
  return rows[0]
}

/** A page of the contacts in sight, newest first; those that were merged into another are not among them. */
export async function listContacts(db: Database, viewer: Viewer, query: ListQuery): Promise<Page<Contact>> {
  const after = readCursor(query.cursor, 2)
  const from = await sought(db, query.q)
  const rows = await db.run<Contact>(
    statement("", (p) => {
      const rest = after ? ` and (x.created_at, x.id) < (${p(after[0])}::timestamptz, ${p(after[1])}::text)` : ""
      const page = `select c.*, x.created_at as x_at, x.id as x_id from ${from(p)} and ${visibleContactSql(p, viewer, query.q)}${rest}
        order by x.created_at desc, x.id desc limit ${p(query.limit + 1)}`
      return `select ${columnsFor(p, viewer)} from (${page}) c ${wholeJoin(p, viewer)} order by c.x_at desc, c.x_id desc`
    }),
  )
  const [counted] = await db.run<{ n: number }>(
    statement("", (p) => {
      const seen = `select from ${from(p)} and ${visibleContactSql(p, viewer, query.q)} limit ${countCap + 1}`
      return `select count(*) as n from (${seen}) counted`
    }),
  )
  const key = (row: Contact) => [row.createdAt.toISOString(), row.id]
  return toPage(rows, query.limit, counted?.n ?? 0, (row) => row, key)
}

const manyMeant = 10_000

/**
 * SQL of the contacts `c` that a text means, all without one, with `created_at` and `id` in `x`. The few are looked up before
 * they are sorted; the newest of many are met going through all.
 */
async function sought(db: Database, text: string | undefined): Promise<(p: Param) => string> {
  if (text === undefined)
    return () => "contacts c cross join lateral (select c.id, c.created_at) x where c.merged_into is null"
  const meant = parseContactQuery(text, await readSetting(db, "desk.country"))
  const found = (p: Param) => `contact_texts x where ${contactQueryCondition(p, text, meant)}`
  const areFew = meant.numbers.length > 0 || (await estimatedRows(db, found)) <= manyMeant
  return (p) =>
    `(select x.contact_id as id, x.created_at from ${found(p)} ${areFew ? "offset 0" : ""}) x join contacts c on c.id = x.id where true`
}
