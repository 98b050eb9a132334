// Contacts as the API shows them: one statement for one contact or for a page of them.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { type Database, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countedUpTo, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import { readSetting } from "#settings/index.ts"
import type { Contact, ListQuery } from "./contract.ts"
import { meantCondition } from "./searching.ts"

const columns = `
  c.id, c.name, c.tier, c.language, c.is_group as "isGroup",
  coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'scope', i.scope, 'value', i.value) order by i.created_at, i.id)
            from contact_identities i where i.contact_id = c.id), '[]') as identities,
  c.custom_fields as "customFields", c.blocked, c.merged_into as "mergedInto", c.created_at as "createdAt",
  c.updated_at as "updatedAt"`

/** The contact with this id; the one it was merged into when there is one. */
export async function contactById(from: Kysely<DB>, id: string): Promise<Contact> {
  const rows = await runIn<Contact>(
    from,
    statement(
      "",
      (p) => `select ${columns} from contacts c where c.id = (
        select coalesce(merged_into, id) from contacts where id = ${p(id)})`,
    ),
  )
  if (!rows[0]) throw notFound("contact")
  return rows[0]
}

/** A page of contacts, newest first; those that were merged into another are not among them. */
export async function listContacts(db: Database, query: ListQuery): Promise<Page<Contact>> {
  const after = readCursor(query.cursor, 2)
  const country = await readSetting(db, "desk.country")
  const rows = await db.run<Contact>(
    statement("", (p) => {
      const { from, at, newest } = sought(p, query.q, country)
      const rest = after ? ` and ${at} < (${p(after[0])}::timestamptz, ${p(after[1])}::text)` : ""
      return `select ${columns} from ${from}${rest} order by ${newest} limit ${p(query.limit + 1)}`
    }),
  )
  const [counted] = await db.run<{ n: number }>(
    statement(
      "",
      (p) =>
        `select count(*) as n from (select from ${sought(p, query.q, country).from} limit ${countedUpTo + 1}) counted`,
    ),
  )
  const key = (row: Contact) => [row.createdAt.toISOString(), row.id]
  return pageOf(rows, query.limit, counted?.n ?? 0, (row) => row, key)
}

/** SQL of the contacts `c` that a text means, all without one; `at`: by what the newest are told. */
function sought(p: Param, text: string | undefined, country: string | null) {
  if (text === undefined)
    return {
      from: "contacts c where c.merged_into is null",
      at: "(c.created_at, c.id)",
      newest: "c.created_at desc, c.id desc",
    }
  const from = `contact_texts x join contacts c on c.id = x.contact_id where ${meantCondition(p, text, country)}`
  return { from, at: "(x.created_at, x.contact_id)", newest: "x.created_at desc, x.contact_id desc" }
}
