// The only writer of identities: addresses are given, moved, confirmed and taken away here. Each belongs to one
// contact only; the unique index has the last word.
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, invalidField, uniqueViolation } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { closeAccountsOf } from "#people/index.ts"
import type { GivenIdentity, Proof } from "../api-contract.ts"
import {
  identitiesOf,
  storedIdentity,
  type IdentityRow,
  insertFirstIdentity,
  insertIdentity,
  isSaidEmail,
  opensByMail,
  retireIdentity,
  saveConfirmed,
  saveProof,
  ticketEmail,
} from "./identity-store.ts"
import { type Identity, identityOf } from "./normalize-address.ts"
import { readPhones } from "./parse-typed-phone.ts"

type Owner = { id: string; isGroup: boolean }

/**
 * Gives a contact one more identity. `confirmedFor`: with whose other identities it is known to be one person's, null when
 * somebody only says so. A race for it shows as a unique violation.
 */
export async function addIdentity(
  act: Act,
  contactId: string,
  { kind, scope, value }: Identity,
  { proof, confirmedFor }: { proof: Proof; confirmedFor: string | null },
): Promise<void> {
  const id = await insertIdentity(act, { contactId, kind, scope, value, proof, confirmedFor })
  await record(act, "contact.identified", {
    subjectId: contactId,
    data: { identityKind: kind, identityId: id, proof, isConfirmed: confirmedFor === contactId },
  })
}

/** Takes an identity away, and with it the accounts and sessions that stood on it. Its messages keep naming it. */
export async function removeIdentity(act: Act, row: IdentityRow): Promise<void> {
  await retireIdentity(act, row.id)
  if (opensByMail(row)) await closeAccountsOf(act, row.value)
  await record(act, "contact.identity_removed", {
    subjectId: row.contactId,
    data: { identityKind: row.kind, identityId: row.id },
  })
}

/** Takes away those of these that are the contact's, which is locked. True when any was. */
export async function removeIdentitiesById(act: Act, contactId: string, ids: readonly string[]): Promise<boolean> {
  const removed = (await identitiesOf(act, contactId)).filter(({ id }) => ids.includes(id))
  for (const old of removed) await removeIdentity(act, old)
  return removed.length > 0
}

/** Takes an identity from its contact: a number that somebody else has got. What was exchanged with it stays behind. */
export async function moveIdentity(act: Act, identity: Identity, contactId: string, confirmedFor: string | null) {
  const before = await storedIdentity(act, identity)
  if (before) await removeIdentity(act, before)
  await addIdentity(act, contactId, identity, { proof: "message", confirmedFor })
}

/** From now on it is known to be its contact's: its holder reads all that was exchanged with that contact. */
export const confirmIdentity = (act: Act, { id, contactId }: IdentityRow) => saveConfirmed(act, [id], contactId)

/** What a visitor said becomes an address that is known to be their contact's. Refuses (400) one that is somebody else's. */
export async function acceptSaid(act: Act, said: IdentityRow): Promise<void> {
  const identity: Identity = { kind: said.kind, scope: "", value: said.value, also: [] }
  const known = await storedIdentity(act, identity)
  if (known && known.contactId !== said.contactId) throw duplicateEntry("identities")
  // Tickets that were opened with it go on naming it: they are this person's.
  await confirmIdentity(act, said)
  await removeIdentity(act, said)
  if (known) await confirmIdentity(act, known)
  else await addIdentity(act, said.contactId, identity, { proof: "staff", confirmedFor: said.contactId })
}

/** A mailed link was used: it is theirs who uses it. Whose contact it stands on is another matter. */
export async function proveByLink(act: Act, email: string): Promise<void> {
  const row = await storedIdentity(act, { kind: "email", scope: "", value: email.toLowerCase(), also: [] })
  if (row) await proveIdentityByLink(act, row)
}

/** The same for one that is known: also for the e-mail that stands on a ticket alone. */
export async function proveIdentityByLink(act: Act, { id, proof }: Pick<IdentityRow, "id" | "proof">): Promise<void> {
  if (proof !== "message" && proof !== "link") await saveProof(act, id, "link")
}

/**
 * The e-mail that somebody gave with a ticket: no look by address finds it, it joins nobody and takes nothing from anybody. Returns
 * its id, for the ticket to name; null when it is no e-mail. Of two who give it at once the second waits, and has the same.
 */
export async function giveTicketEmail(
  act: Act,
  contactId: string,
  email: string,
  proof: "staff" | "visitor",
): Promise<string | null> {
  const address = identityOf(email, { kind: "email", scope: "" })
  if (address === null) return null
  // One that staff give, and that is the contact's already, is that one.
  const own = proof === "staff" ? await storedIdentity(act, address) : null
  if (own?.contactId === contactId) return own.id
  const identity = ticketEmail(contactId, address.value)
  const isNew = await insertFirstIdentity(act, contactId, { identity, proof })
  const { id } = (await storedIdentity(act, identity))!
  const data = { identityKind: "email", identityId: id, proof, isConfirmed: false }
  if (isNew) await record(act, "contact.identified", { subjectId: contactId, data })
  return id
}

/** Makes the contact's identities those given, in whatever way they are written: typed by staff. True when that changed any. */
export async function replaceIdentities(act: Act, owner: Owner, given: GivenIdentity[]): Promise<boolean> {
  const before = await identitiesOf(act, owner.id)
  const read = await readPhones(act, given, before)
  const kept = (one: GivenIdentity) =>
    before.find((old) => isSaidEmail(old) && keyOf(old) === keyOf({ ...one, scope: one.scope ?? "" }))
  const wanted = distinct(
    read.map((one, i) => {
      const said = kept(one)
      return said ? { ...said, also: [] } : normalised(owner, one, `identities.${i}`)
    }),
  )
  const added = wanted.filter((one) => !before.some((old) => keyOf(old) === keyOf(one)))
  const removed = before.filter((old) => !wanted.some((one) => keyOf(old) === keyOf(one)))
  for (const old of removed) await removeIdentity(act, old)
  await addTyped(act, owner, added)
  return added.length + removed.length > 0
}

/** More nobody types for one contact, a few at a time. */
const mostIdentities = 100

/** Gives the contact, which is locked, those of these that it has not yet: typed by staff. True when any was new. */
export async function addIdentities(act: Act, owner: Owner, given: GivenIdentity[]): Promise<boolean> {
  const path = "addIdentities"
  const before = await identitiesOf(act, owner.id)
  const read = await readPhones(act, given, before, path)
  const added = distinct(read.map((one, i) => normalised(owner, one, `${path}.${i}`))).filter(
    (one) => !before.some((old) => keyOf(old) === keyOf(one)),
  )
  if (added.length > 0 && before.length + added.length > mostIdentities)
    throw invalidField(path, `must leave the contact with at most ${mostIdentities} addresses`)
  await addTyped(act, owner, added)
  return added.length > 0
}

async function addTyped(act: Act, owner: Owner, added: readonly Identity[]) {
  for (const one of added) await refuseTaken(act, owner, one)
  try {
    for (const one of added) await addIdentity(act, owner.id, one, { proof: "staff", confirmedFor: null })
  } catch (error) {
    throw uniqueViolation(error) === null ? error : duplicateEntry("identities")
  }
}

function normalised(owner: Owner, { kind, value, scope = "" }: GivenIdentity, path: string): Identity {
  if ((kind === "group") !== owner.isGroup) {
    throw invalidField(
      `${path}.kind`,
      owner.isGroup ? "must be group: the contact is one" : "must not be group: the contact is a person",
    )
  }
  const isGlobal = kind === "phone" || kind === "email"
  if (isGlobal && scope !== "") throw invalidField(`${path}.scope`, "must be left out: phones and e-mails are global")
  if (!isGlobal && scope === "")
    throw invalidField(`${path}.scope`, "must say where the id is valid: the connection, or the portfolio of a BSUID")
  const identity = identityOf(value, { kind, scope })
  if (!identity) throw invalidField(`${path}.value`, `is not a valid ${kind}`)
  return identity
}

/** The index knows equal values only; the other ways of writing one person's number are asked for here. */
async function refuseTaken(act: Act, owner: Owner, identity: Identity) {
  const other = await storedIdentity(act, identity)
  if (other !== null && other.contactId !== owner.id) throw duplicateEntry("identities")
}

const keyOf = ({ kind, scope, value }: Pick<Identity, "scope" | "value"> & { kind: string }) =>
  JSON.stringify([kind, scope, value])

const distinct = (all: Identity[]) => [...new Map(all.map((one) => [keyOf(one), one])).values()]
