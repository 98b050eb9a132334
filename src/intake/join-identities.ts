// A channel says that addresses are one person's. What we stored of them so far becomes one contact, one thread, one ticket.
import type { Act } from "#kernel/act.ts"
import { contactOf, ensureContact, hasAnother, type Identity, linkIdentity, moveIdentity } from "#contacts/index.ts"
import { mergeContacts } from "./merge-contacts.ts"

/** The one contact behind addresses that came together; made or merged when need be. */
export async function joinIdentities(act: Act, identities: Identity[], name: string): Promise<string> {
  const [first, ...others] = identities.toSorted(ownIdFirst)
  let contactId = await ensureContact(act, await leading(act, first!, others, name), false)
  for (const identity of [first!, ...others]) contactId = await joined(act, contactId, identity, first!)
  return contactId
}

// The channel's own id of a person never goes to somebody else; a phone number does.
const ownIdFirst = (a: Identity, b: Identity) => Number(b.kind === "bsuid") - Number(a.kind === "bsuid")

/** By which address the contact is found or made: by the first that is known, unless it now is somebody else's. */
async function leading(act: Act, first: Identity, others: Identity[], name: string) {
  if ((await contactOf(act, first)) !== null) return { identity: first, name }
  for (const identity of others) {
    const owner = await contactOf(act, identity)
    if (owner !== null && !(await isSomebodyElse(act, owner, first))) return { identity, name }
  }
  return { identity: first, name }
}

async function joined(act: Act, contactId: string, identity: Identity, first: Identity): Promise<string> {
  const owner = await contactOf(act, identity)
  if (owner === contactId) return contactId
  if (owner === null) {
    await linkIdentity(act, contactId, identity)
    return contactId
  }
  if (await isSomebodyElse(act, owner, first)) {
    await moveIdentity(act, identity, contactId)
    return contactId
  }
  return mergeIntoOlder(act, owner, contactId)
}

/** Whoever has another id of the channel's own is another person, whose number it was before. */
const isSomebodyElse = async (act: Act, contactId: string, first: Identity) =>
  first.kind === "bsuid" && hasAnother(act, contactId, first)

/** One person has a new address. False when we know neither. */
export async function changeIdentity(act: Act, before: Identity, after: Identity): Promise<boolean> {
  const [known, other] = [await contactOf(act, before), await contactOf(act, after)]
  if (known === null && other === null) return false
  if (known === null) await linkIdentity(act, other!, before)
  else if (other === null) await linkIdentity(act, known, after)
  else if (known !== other) await mergeIntoOlder(act, known, other)
  return true
}

// Ids rise with time: the contact that was there first keeps its name and its tickets their place.
async function mergeIntoOlder(act: Act, a: string, b: string): Promise<string> {
  const [older, younger] = [a, b].toSorted()
  return mergeContacts(act, younger!, older!)
}
