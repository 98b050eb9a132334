import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Param } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import type { Identity } from "./match.ts"

/** SQL for the contact that an identity belongs to, as `contact_id`; the exact value goes before its equivalents. */
export function contactOfSql(p: Param, identity: Identity): string {
  const values = [identity.value, ...identity.also]
  return `select contact_id from contact_identities where kind = ${p(identity.kind)} and scope = ${p(identity.scope)}
    and value = any(${p(values)}::text[]) order by value = ${p(identity.value)} desc limit 1`
}

export type NewContact = { id: string; name: string; isGroup: boolean; identity: Identity; now: Date }

/** Inserts of a contact and its identity as parts `person`, `identity` of a larger statement. */
export function insertContactSql(p: Param, contact: NewContact): string {
  const now = `${p(contact.now)}::timestamptz`
  const { kind, scope, value } = contact.identity
  return `person as (insert into contacts (id, name, is_group, created_at, updated_at)
      values (${p(contact.id)}, ${p(contact.name)}, ${p(contact.isGroup)}, ${now}, ${now}) returning *),
    identity as (insert into contact_identities (id, contact_id, kind, scope, value, created_at)
      values (${p(newId("idn"))}, ${p(contact.id)}, ${p(kind)}, ${p(scope)}, ${p(value)}, ${now}))`
}

/** The contact behind an identity, made when nobody has it yet. A race for one identity has one winner. */
export async function ensureContact(act: Act, who: { identity: Identity; name: string }, isGroup: boolean): Promise<string> {
  const known = await contactOf(act, who.identity)
  if (known) return known
  const id = newId("ctc")
  const { kind, scope, value } = who.identity
  const times = { createdAt: act.now, updatedAt: act.now }
  await act.tx.insertInto("contacts").values({ id, name: who.name, isGroup, ...times }).execute()
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
  const values = [identity.value, ...identity.also]
  const row = await act.tx
    .selectFrom("contactIdentities")
    .select("contactId")
    .where("kind", "=", identity.kind)
    .where("scope", "=", identity.scope)
    .where("value", "in", values)
    .orderBy(sql`value = ${identity.value}`, "desc")
    .executeTakeFirst()
  return row?.contactId ?? null
}
