import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Proof } from "./api-contract.ts"
import { deleteIdentities, storedIdentity, insertFirstIdentity } from "./identities/identity-store.ts"
import type { Identity } from "./identities/normalize-address.ts"

/**
 * SQL for the identity that a row `r` of a larger statement asks for by `idKind`, `idScope`, `idValue` and `idValues` (all ways to
 * write it), and whose it is; the exact value goes before its equivalents.
 */
export const identityOwnerSql = `select id, contact_id from contact_identities
  where kind = r."idKind" and scope = r."idScope" and value = any(r."idValues") order by value = r."idValue" desc limit 1`

/** The contact behind an identity, made when nobody has it yet. A race for one identity has one winner. `isOwn`: the owner of the address makes it. */
export async function ensureContact(
  act: Act,
  who: { identity: Identity; name: string; proof: Proof; isOwn?: true },
  isGroup: boolean,
): Promise<string> {
  const known = await contactOfIdentity(act, who.identity)
  if (known) return known
  const id = newId("ctc")
  const times = { createdAt: act.now, updatedAt: act.now }
  await act.tx
    .insertInto("contacts")
    .values({ id, name: who.name, isGroup, createdById: makerOf(act, who.proof), ...times })
    .execute()
  if (await insertFirstIdentity(act, id, who)) return id
  await act.tx.deleteFrom("contacts").where("id", "=", id).execute()
  return (await contactOfIdentity(act, who.identity)) ?? id
}

/** Whose identity it is, if anybody's. */
export const contactOfIdentity = async (act: Act, identity: Identity) =>
  (await storedIdentity(act, identity))?.contactId ?? null

/** Who made a contact by hand sees it; whom a channel brought, nobody has made. */
const makerOf = ({ actor }: Act, proof: Proof) =>
  proof === "staff" && (actor.kind === "user" || actor.kind === "key") ? actor.id : null

/** What verbs decide by. */
export type ContactRow = {
  id: string
  name: string
  tier: string | null
  language: string | null
  customFields: Record<string, unknown>
  note: string
  isGroup: boolean
  blocked: boolean
}

const rowColumns = ["id", "name", "tier", "language", "customFields", "note", "isGroup", "blocked"] as const

/**
 * Locks the contact, or the one it was merged into, until the transaction ends. Who opens a ticket for it
 * holds it likewise: they wait for each other. Not `for update`: a second update of one ticket in a transaction asks for its contact again
 * (the foreign key, `for key share`), and would wait for a merge that waits for the ticket.
 */
export async function lockContact(act: Act, id: string): Promise<ContactRow> {
  const { mergedInto, ...row } = await lockRow(act, await resolveContact(act, id))
  return mergedInto === null ? row : lockContact(act, mergedInto)
}

/** Locks this very contact, merged or not, in the same way. */
export async function lockRow(act: Act, id: string): Promise<ContactRow & { mergedInto: string | null }> {
  const row = await act.tx
    .selectFrom("contacts")
    .select(["mergedInto", ...rowColumns])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw notFound("contact")
  return row as ContactRow & { mergedInto: string | null }
}

/** The contact itself, or the one it was merged into: that is never more than one step away. */
export async function resolveContact(act: Act, id: string): Promise<string> {
  const row = await act.tx.selectFrom("contacts").select("mergedInto").where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("contact")
  return row.mergedInto ?? id
}

/** Marks a contact as merged, and with it those that were merged into it before. */
export async function pointTo(act: Act, id: string, mergedInto: string) {
  await act.tx
    .updateTable("contacts")
    .set({ mergedInto, updatedAt: act.now })
    .where((e) => e.or([e("id", "=", id), e("mergedInto", "=", id)]))
    .execute()
}

type NewRow = Pick<ContactRow, "id" | "name" | "tier" | "language" | "customFields" | "note">

export async function insertContact(act: Act, { customFields, ...row }: NewRow) {
  const times = { createdAt: act.now, updatedAt: act.now }
  const createdById = makerOf(act, "staff")
  await act.tx
    .insertInto("contacts")
    .values({ ...row, ...times, createdById, customFields: JSON.stringify(customFields) })
    .execute()
}

export async function saveContact(act: Act, id: string, { customFields, ...fields }: Partial<ContactRow>) {
  const set = { ...fields, ...(customFields && { customFields: JSON.stringify(customFields) }), updatedAt: act.now }
  await act.tx.updateTable("contacts").set(set).where("id", "=", id).execute()
}

/** Together with those that were merged into it. */
export async function removeContact(act: Act, id: string) {
  await act.tx
    .deleteFrom("contactMerges")
    .where((e) => e.or([e("sourceId", "=", id), e("targetId", "=", id)]))
    .execute()
  await deleteIdentities(act, id)
  await act.tx
    .deleteFrom("contacts")
    .where((e) => e.or([e("id", "=", id), e("mergedInto", "=", id)]))
    .execute()
}
