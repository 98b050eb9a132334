import { type Insertable, sql } from "kysely"
import type { ContactIdentities } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Param } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Identity } from "./match.ts"

/**
 * SQL for the contact that an identity belongs to, as `contact_id` unless asked for more; the exact value goes before its
 * equivalents, and its text depends on whether there are any.
 */
export function contactOfSql(p: Param, identity: Identity, columns = "contact_id"): string {
  const from = `select ${columns} from contact_identities where kind = ${p(identity.kind)} and scope = ${p(identity.scope)}`
  if (identity.also.length === 0) return `${from} and value = ${p(identity.value)}`
  const values = [identity.value, ...identity.also]
  return `${from} and value = any(${p(values)}::text[]) order by value = ${p(identity.value)} desc limit 1`
}

/** The same for each row `r` of a set, which has the columns `idKind`, `idScope`, `idValue` and `idValues`: all ways to write it. */
export const contactOfEachSql = `select id, contact_id from contact_identities
  where kind = r."idKind" and scope = r."idScope" and value = any(r."idValues") order by value = r."idValue" desc limit 1`

/** `identityId`: under which its identity is stored. */
export type NewContact = {
  id: string
  identityId: string
  name: string
  isGroup: boolean
  identity: Identity
  now: Date
}

/** Inserts of a contact and its identity as parts `person`, `identity` of a larger statement. `from` may hold them back. */
export function insertContactSql(p: Param, contact: NewContact, from = ""): string {
  const now = `${p(contact.now)}::timestamptz`
  const { kind, scope, value } = contact.identity
  return `person as (insert into contacts (id, name, is_group, created_at, updated_at)
      select ${p(contact.id)}, ${p(contact.name)}, ${p(contact.isGroup)}::boolean, ${now}, ${now} ${from} returning id),
    identity as (insert into contact_identities (id, contact_id, kind, scope, value, created_at)
      select ${p(contact.identityId)}, id, ${p(kind)}, ${p(scope)}, ${p(value)}, ${now} from person)`
}

/** The contact behind an identity, made when nobody has it yet. A race for one identity has one winner. */
export async function ensureContact(
  act: Act,
  who: { identity: Identity; name: string },
  isGroup: boolean,
): Promise<string> {
  const known = await contactOf(act, who.identity)
  if (known) return known
  const id = newId("ctc")
  const { kind, scope, value } = who.identity
  const times = { createdAt: act.now, updatedAt: act.now }
  await act.tx
    .insertInto("contacts")
    .values({ id, name: who.name, isGroup, ...times })
    .execute()
  const added = await act.tx
    .insertInto("contactIdentities")
    .values({ id: newId("idn"), contactId: id, kind, scope, value, createdAt: act.now })
    .onConflict((c) => c.columns(["kind", "scope", "value"]).doNothing())
    .returning("contactId")
    .execute()
  if (added.length > 0) return id
  await act.tx.deleteFrom("contacts").where("id", "=", id).execute()
  return (await contactOf(act, who.identity)) ?? id
}

/** Whose identity it is, if anybody's. */
export async function contactOf(act: Act, identity: Identity): Promise<string | null> {
  return (await storedIdentity(act, identity))?.contactId ?? null
}

/** The identity as it is stored, in whichever of the ways in which it may be written. */
export async function storedIdentity(act: Act, identity: Identity) {
  const values = [identity.value, ...identity.also]
  return act.tx
    .selectFrom("contactIdentities")
    .select(["id", "contactId"])
    .where("kind", "=", identity.kind)
    .where("scope", "=", identity.scope)
    .where("value", "in", values)
    .orderBy(sql`value = ${identity.value}`, "desc")
    .executeTakeFirst()
}

/** What verbs decide by. */
export type ContactRow = {
  id: string
  name: string
  tier: string | null
  language: string | null
  customFields: Record<string, unknown>
  isGroup: boolean
  blocked: boolean
}

const rowColumns = ["id", "name", "tier", "language", "customFields", "isGroup", "blocked"] as const

/**
 * Locks the contact, or the one it was merged into, until the transaction ends. Who makes a ticket for it (`for share`)
 * waits meanwhile. Not `for update`: a second update of one ticket in a transaction asks for its contact again
 * (the foreign key, `for key share`), and would wait for a merge that waits for the ticket.
 */
export async function lockContact(act: Act, id: string): Promise<ContactRow> {
  const known = await act.tx
    .selectFrom("contacts")
    .select(["mergedInto", ...rowColumns])
    .where("id", "=", await meantContact(act, id))
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!known) throw notFound("contact")
  const { mergedInto, ...row } = known
  return mergedInto === null ? (row as ContactRow) : lockContact(act, mergedInto)
}

/** The contact itself, or the one it was merged into: that is never more than one step away. */
export async function meantContact(act: Act, id: string): Promise<string> {
  const row = await act.tx.selectFrom("contacts").select("mergedInto").where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("contact")
  return row.mergedInto ?? id
}

export async function moveIdentities(act: Act, from: string, to: string) {
  await act.tx.updateTable("contactIdentities").set({ contactId: to }).where("contactId", "=", from).execute()
}

/** Marks a contact as merged, and with it those that were merged into it before. */
export async function pointTo(act: Act, id: string, mergedInto: string) {
  await act.tx
    .updateTable("contacts")
    .set({ mergedInto, updatedAt: act.now })
    .where((e) => e.or([e("id", "=", id), e("mergedInto", "=", id)]))
    .execute()
}

type NewRow = Pick<ContactRow, "id" | "name" | "tier" | "language" | "customFields">

export async function insertContact(act: Act, { customFields, ...row }: NewRow) {
  const times = { createdAt: act.now, updatedAt: act.now }
  await act.tx
    .insertInto("contacts")
    .values({ ...row, ...times, customFields: JSON.stringify(customFields) })
    .execute()
}

export async function saveContact(act: Act, id: string, { customFields, ...fields }: Partial<ContactRow>) {
  const set = { ...fields, ...(customFields && { customFields: JSON.stringify(customFields) }), updatedAt: act.now }
  await act.tx.updateTable("contacts").set(set).where("id", "=", id).execute()
}

/** Together with those that were merged into it. */
export async function removeContact(act: Act, id: string) {
  await act.tx.deleteFrom("contactIdentities").where("contactId", "=", id).execute()
  await act.tx
    .deleteFrom("contacts")
    .where((e) => e.or([e("id", "=", id), e("mergedInto", "=", id)]))
    .execute()
}

export async function identitiesOf(act: Act, contactId: string) {
  return act.tx
    .selectFrom("contactIdentities")
    .select(["id", "kind", "scope", "value"])
    .where("contactId", "=", contactId)
    .execute()
}

export async function insertIdentities(act: Act, rows: Insertable<ContactIdentities>[]) {
  if (rows.length > 0) await act.tx.insertInto("contactIdentities").values(rows).execute()
}

export async function removeIdentities(act: Act, ids: string[]) {
  if (ids.length > 0) await act.tx.deleteFrom("contactIdentities").where("id", "in", ids).execute()
}
