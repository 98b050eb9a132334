// What a customer says of the addresses that staff typed on their contact. A customer who came in by an address that is proved and
// known to be theirs may give what it opens to another one; they get nothing for it that was exchanged with that other one.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { can, claimerSql, type Principal } from "#people/index.ts"
import type { OwnIdentity } from "../api-contract.ts"
import { lockContact } from "../contact-store.ts"
import { removeIdentity } from "./change-identities.ts"
import { type IdentityRow, isProven, saveClaim } from "./identity-store.ts"
import { maskAddress } from "./mask-address.ts"

type Typed = IdentityRow & { createdAt: Date; isClaimed: boolean }

/** The addresses that staff typed on the customer's contact and no lead confirmed; none for a customer not known to be it. */
export async function ownIdentities(db: Database, who: Principal): Promise<OwnIdentity[]> {
  return (await typedBeside(db.kysely, who)).map(shown)
}

/** The customer says that an address is theirs: its holder reads what they read themselves. Said once, it counts. */
export async function claimIdentity(act: Act, who: Principal, id: string): Promise<OwnIdentity> {
  const { identity, name } = await lockTyped(act, who, id)
  if (identity.isClaimed) return shown(identity)
  await saveClaim(act, id, who.identityId!)
  await recordOf(act, "contact.identity_claimed", identity, { name, after: { [identity.kind]: identity.value } })
  return shown({ ...identity, isClaimed: true })
}

/**
 * The customer says that an address is not theirs: it leaves their contact, and what stood on it ends. Refuses (409
 * `address_proved`) one whose holder has signed in by it: it is theirs whatever the contact, and a lead's matter.
 */
export async function disownIdentity(act: Act, who: Principal, id: string): Promise<void> {
  const { identity, name } = await lockTyped(act, who, id)
  if (isProven(identity.proof)) throw new Refusal("conflict", "address_proved")
  await removeIdentity(act, identity)
  await recordOf(act, "contact.identity_disowned", identity, { name, before: { [identity.kind]: identity.value } })
}

type Audited = { name: string; before?: Record<string, string>; after?: Record<string, string> }

async function recordOf(
  act: Act,
  kind: "contact.identity_claimed" | "contact.identity_disowned",
  identity: IdentityRow,
  { name, before = {}, after = {} }: Audited,
) {
  const fields = [identity.kind]
  const data = { identityKind: identity.kind, identityId: identity.id }
  await recordAdminAct(act, kind, { subjectId: identity.contactId, name, before, after, fields, data })
}

async function lockTyped(act: Act, who: Principal, id: string): Promise<{ identity: Typed; name: string }> {
  const { contactId } = who
  const contact = typeof contactId === "string" ? await lockContact(act, contactId) : null
  const identity = contact && (await typedBeside(act.tx, who)).find((one) => one.id === id)
  if (!identity) throw notFound("identity")
  return { identity, name: contact.name }
}

// From a merge that was not said to be of one person come addresses of somebody else, who may be known by them.
async function typedBeside(from: Kysely<DB>, who: Principal): Promise<Typed[]> {
  if (can.beStaff(who) || who.kind !== "user" || typeof who.identityId !== "string") return []
  const { rows } = await sql<Typed>`
    select i.id, i.contact_id, i.kind, i.scope, i.value, i.proof, i.confirmed_for, i.created_at,
      exists (select from contact_identities x where ${sql.raw(claimerSql("i", "x"))}) as is_claimed
    from contact_identities mine join contact_identities i on i.contact_id = mine.contact_id and i.id <> mine.id
    where mine.id = ${who.identityId} and mine.kind = 'email' and mine.scope = '' and mine.confirmed_for = mine.contact_id
      and mine.proof in ('message', 'link') and i.kind in ('email', 'phone') and i.scope = ''
      and i.proof in ('staff', 'link') and i.confirmed_for is null
      and not exists (select from contact_merges m where m.target_id = i.contact_id and not m.is_one_person
        and i.id = any(m.identity_ids))
    order by i.created_at, i.id`.execute(from)
  return rows
}

const shown = ({ id, kind, value, proof, createdAt, isClaimed }: Typed): OwnIdentity => ({
  id,
  kind,
  masked: maskAddress(kind, value),
  addedAt: createdAt,
  isProved: isProven(proof),
  isClaimed,
})
