// A channel says that addresses are one person's. What we stored of them so far becomes one contact, one thread, one ticket.
import type { Act } from "#kernel/act.ts"
import {
  addIdentity,
  contactOfIdentity,
  ensureContact,
  hasOtherIdentity,
  type Identity,
  storedIdentity,
  moveIdentity,
  replaceIdentity,
} from "#contacts/index.ts"
import { mergeContacts } from "./merge-contacts.ts"

/** The one contact behind addresses that came together; made or merged when need be. */
export async function joinIdentities(act: Act, identities: Identity[], name: string): Promise<string> {
  const [first, ...others] = identities.toSorted(ownIdFirst)
  const lead = await leading(act, first!, others)
  let contactId = await ensureContact(act, { identity: lead, name, proof: "message" }, false)
  // New identities before contacts and tickets are locked, as everybody does (write-batch.ts).
  const confirmedFor = await confirmedWith(act, lead)
  for (const identity of [first!, ...others]) {
    if ((await contactOfIdentity(act, identity)) === null)
      await addIdentity(act, contactId, identity, { proof: "message", confirmedFor })
  }
  for (const identity of [first!, ...others])
    contactId = await joined(act, contactId, identity, { first: first!, lead })
  return contactId
}

// The channel's own id of a person never goes to somebody else; a phone number does.
const ownIdFirst = (a: Identity, b: Identity) => Number(b.kind === "bsuid") - Number(a.kind === "bsuid")

/** By which address the contact is found or made: by the first that is known, unless it now is somebody else's. */
async function leading(act: Act, first: Identity, others: Identity[]): Promise<Identity> {
  if ((await contactOfIdentity(act, first)) !== null) return first
  for (const identity of others) {
    const owner = await contactOfIdentity(act, identity)
    if (owner !== null && !(await isSomebodyElse(act, owner, first))) return identity
  }
  return first
}

/** What comes together with an address that somebody only put on the contact is no more the contact's than that one. */
const confirmedWith = async (act: Act, lead: Identity) => (await storedIdentity(act, lead))?.confirmedFor ?? null

type Among = { first: Identity; lead: Identity }

async function joined(act: Act, contactId: string, identity: Identity, { first, lead }: Among): Promise<string> {
  const owner = await contactOfIdentity(act, identity)
  if (owner === null || owner === contactId) return contactId
  const confirmedFor = await confirmedWith(act, lead)
  if (await isSomebodyElse(act, owner, first)) {
    await moveIdentity(act, identity, contactId, confirmedFor)
    return contactId
  }
  return mergeIntoOlder(act, identity, lead)
}

/** A contact with another id of the channel's own is another person, whose number it was before. */
const isSomebodyElse = async (act: Act, contactId: string, first: Identity) =>
  first.kind === "bsuid" && hasOtherIdentity(act, contactId, first)

/** One person has a new address. False when we know neither. */
export async function changeIdentity(act: Act, before: Identity, after: Identity): Promise<boolean> {
  const [known, other] = [await contactOfIdentity(act, before), await contactOfIdentity(act, after)]
  if (known === null && other === null) return false
  const added = async (identity: Identity, contactId: string, lead: Identity) =>
    addIdentity(act, contactId, identity, { proof: "message", confirmedFor: await confirmedWith(act, lead) })
  if (known === null) await added(before, other!, after)
  else if (other === null) await added(after, known, before)
  else if (known !== other) await mergeIntoOlder(act, before, after)
  await replaceIdentity(act, before, after)
  return true
}

// Ids rise with time: the contact that was there first keeps its name and its tickets their place. They are one person to
// callers ask only when neither address was merely typed there.
async function mergeIntoOlder(act: Act, a: Identity, b: Identity): Promise<string> {
  const rows = [await storedIdentity(act, a), await storedIdentity(act, b)].flatMap((row) => row ?? [])
  const [older, younger] = rows.map(({ contactId }) => contactId).toSorted()
  const isOnePerson = rows.every(({ confirmedFor, contactId }) => confirmedFor === contactId)
  return mergeContacts(act, younger!, older!, { isOnePerson })
}
