// Contacts as the API shows them: one statement for one contact or for a page of them.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { type Database, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countedUpTo, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import type { Contact, ListQuery } from "./contract.ts"
import { type Identity, identityOf } from "./match.ts"

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
  const rows = await db.run<Contact>(
    statement("", (p) => {
      const from = after ? ` and (c.created_at, c.id) < (${p(after[0])}::timestamptz, ${p(after[1])}::text)` : ""
      return `select ${columns} from contacts c where ${found(p, query.q)}${from}
        order by c.created_at desc, c.id desc limit ${p(query.limit + 1)}`
    }),
  )
  const [counted] = await db.run<{ n: number }>(
    statement(
      "",
      (p) =>
        `select count(*) as n from (select from contacts c where ${found(p, query.q)} limit ${countedUpTo + 1}) counted`,
    ),
  )
  const key = (row: Contact) => [row.createdAt.toISOString(), row.id]
  return pageOf(rows, query.limit, counted?.n ?? 0, (row) => row, key)
}

/** Text finds by the beginning of the name, or by exactly a number or e-mail, in whatever way it is written. */
function found(p: Param, text: string | undefined): string {
  if (text === undefined) return "c.merged_into is null"
  const prefix = `${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&")}%`
  const address = addressIn(text)
  const owner = address
    ? `union select contact_id from contact_identities where kind = ${p(address.kind)} and scope = ''
        and value = any(${p([address.value, ...address.also])}::text[])`
    : ""
  return `c.merged_into is null and c.id in (select id from contacts where lower(name) like ${p(prefix)} ${owner})`
}

function addressIn(text: string): Identity | null {
  const looksLikeDigits = /^\d[\d\s().-]{5,}$/.test(text.trim())
  const identity = identityOf(text, looksLikeDigits ? { kind: "phone", scope: "" } : { scope: "" })
  return identity?.scope === "" && identity.kind !== "external" ? identity : null
}
