// The rows of identities. Everything that writes one stands here, so that each says how it was proved and for whom.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { Proof } from "../api-contract.ts"
import type { Identity } from "./normalize-address.ts"

export type IdentityRow = {
  id: string
  contactId: string
  kind: Identity["kind"]
  scope: string
  value: string
  proof: Proof
  confirmedFor: string | null
}

const columns = ["id", "contactId", "kind", "scope", "value", "proof", "confirmedFor"] as const

/** What a channel or an admin's list brings with a new contact is theirs; what somebody types is not, until it is confirmed. */
export const isProven = (proof: Proof) => proof === "message" || proof === "link" || proof === "import"

/** SQL for the first identities of new contacts: rows `newcomers` with the columns of a `contactRecord`. What somebody has already stays theirs. */
export const firstIdentitiesSql = (now: string) =>
  `insert into contact_identities (id, contact_id, kind, scope, value, proof, confirmed_for, created_at)
        select id, contact_id, kind, scope, value, proof, case when sure then contact_id end, ${now} from newcomers
        order by is_group desc, kind, scope, value on conflict (kind, scope, value) do nothing returning id, contact_id`

type NewIdentity = Pick<Identity, "kind" | "scope" | "value"> & {
  contactId: string
  proof: Proof
  confirmedFor: string | null
}

/** A race for an address shows as a unique violation. */
export async function insertIdentity(act: Act, row: NewIdentity): Promise<string> {
  const id = newId("idn")
  const addedById = act.actor.kind === "user" || act.actor.kind === "key" ? act.actor.id : null
  await act.tx
    .insertInto("contactIdentities")
    .values({ ...row, id, addedById, createdAt: act.now })
    .execute()
  return id
}

type First = { identity: Identity; proof: Proof; isOwn?: true }

/** False when somebody else was first. */
export async function insertFirstIdentity(act: Act, contactId: string, { identity, proof, isOwn }: First) {
  const { kind, scope, value } = identity
  const addedById = act.actor.kind === "user" || act.actor.kind === "key" ? act.actor.id : null
  const more = { proof, confirmedFor: isOwn || isProven(proof) ? contactId : null, addedById, createdAt: act.now }
  const added = await act.tx
    .insertInto("contactIdentities")
    .values({ id: newId("idn"), contactId, kind, scope, value, ...more })
    .onConflict((c) => c.columns(["kind", "scope", "value"]).doNothing())
    .returning("id")
    .execute()
  return added.length > 0
}

/**
 * What a visitor says is their e-mail stands under a scope of its own, the visitor's identity: no look by address finds it, so
 * that it opens nothing, takes it from nobody and joins nobody. The last that they said. Null when that is stored already.
 */
export async function saveSaidEmail(act: Act, visitor: IdentityRow, value: string): Promise<string | null> {
  const said = { contactId: visitor.contactId, kind: "email", scope: visitor.id, value, proof: "visitor" } as const
  const before = (await identitiesOf(act, visitor.contactId)).find(({ scope }) => scope === visitor.id)
  if (before?.value === value) return null
  if (!before) return insertIdentity(act, { ...said, confirmedFor: null })
  await act.tx.updateTable("contactIdentities").set({ value }).where("id", "=", before.id).execute()
  return before.id
}

/**
 * The e-mail that was given with a ticket stands under the contact for which it was given: nobody looks there for an address, and
 * for that contact it stands once.
 */
export const ticketEmail = (contactId: string, value: string): Identity => ({
  kind: "email",
  scope: contactId,
  value,
  also: [],
})

/** SQL: is the identity `i` one of these? */
export const isTicketEmailSql = (i: string) => `starts_with(${i}.scope, 'ctc_')`

/** Is it an e-mail that somebody can come in by? One that a visitor only said is none. */
export const opensByMail = ({ kind, scope }: Pick<IdentityRow, "kind" | "scope">) => kind === "email" && scope === ""

/** Is it one that was only said, by a visitor or with a ticket, and stands under a scope of its own? */
export const isSaidEmail = ({ kind, scope }: Pick<IdentityRow, "kind" | "scope">) => kind === "email" && scope !== ""

/** Nobody's from now on. The row stays, for messages name it, where no look by contact or address finds it. */
export async function retireIdentity(act: Act, id: string): Promise<void> {
  await sql`update contact_identities set former_contact_id = contact_id, contact_id = null, removed_at = ${act.now},
    scope = scope || ' removed ' || id where id = ${id}`.execute(act.tx)
}

export async function identitiesOf(act: Pick<Act, "tx">, contactId: string): Promise<IdentityRow[]> {
  const rows = await act.tx
    .selectFrom("contactIdentities")
    .select([...columns])
    .where("contactId", "=", contactId)
    .orderBy("createdAt")
    .orderBy("id")
    .execute()
  return rows as IdentityRow[]
}

/** The contact that has it now, by any way in which it may be written; the exact value goes first. */
export async function storedIdentity(act: Pick<Act, "tx">, identity: Identity): Promise<IdentityRow | null> {
  const row = await act.tx
    .selectFrom("contactIdentities")
    .select([...columns])
    .where("kind", "=", identity.kind)
    .where("scope", "=", identity.scope)
    .where("value", "in", [identity.value, ...identity.also])
    .where("contactId", "is not", null)
    .orderBy(sql`value = ${identity.value}`, "desc")
    .executeTakeFirst()
  return (row as IdentityRow | undefined) ?? null
}

export async function saveConfirmed(act: Act, ids: string[], confirmedFor: string | null): Promise<void> {
  if (ids.length === 0) return
  await act.tx.updateTable("contactIdentities").set({ confirmedFor }).where("id", "in", ids).execute()
}

/** `by`: the proved address from which its holder said that this one is theirs too. */
export async function saveClaim(act: Act, id: string, by: string): Promise<void> {
  await act.tx.updateTable("contactIdentities").set({ claimedBy: by }).where("id", "=", id).execute()
}

/** `page`: on which they write now. `referrer`: from which they came there; the first that is known stays. */
export async function savePage(act: Act, id: string, { page, referrer }: Record<"page" | "referrer", string | null>) {
  await sql`update contact_identities set page = coalesce(${page}, page), referrer = coalesce(referrer, ${referrer})
    where id = ${id}`.execute(act.tx)
}

export async function saveProof(act: Act, id: string, proof: Proof): Promise<void> {
  await act.tx.updateTable("contactIdentities").set({ proof }).where("id", "=", id).execute()
}

export async function moveIdentities(act: Act, ids: readonly string[], to: string): Promise<void> {
  if (ids.length === 0) return
  await act.tx.updateTable("contactIdentities").set({ contactId: to }).where("id", "in", ids).execute()
}

/** With what was taken from it before; nothing may name them any more. */
export async function deleteIdentities(act: Act, contactId: string): Promise<void> {
  await act.tx
    .deleteFrom("contactIdentities")
    .where((e) => e.or([e("contactId", "=", contactId), e("formerContactId", "=", contactId)]))
    .execute()
}

/** Has the contact an identity of this kind and scope, other than this one? */
export async function hasOtherIdentity(
  act: Act,
  contactId: string,
  { kind, scope, value }: Identity,
): Promise<boolean> {
  const other = await act.tx
    .selectFrom("contactIdentities")
    .select("id")
    .where("contactId", "=", contactId)
    .where("kind", "=", kind)
    .where("scope", "=", scope)
    .where("value", "<>", value)
    .executeTakeFirst()
  return other !== undefined
}
