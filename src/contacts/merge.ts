// Two records of one person become one. Their tickets are not known here: whoever merges takes care of them first.
import type { Act } from "#kernel/act.ts"
import { moveAccounts } from "#people/index.ts"
import { identitiesOf, moveIdentities, saveConfirmed } from "./identity-store.ts"
import { type ContactRow, lockContact, meantContact, pointTo, rememberMerge, saveContact } from "./store.ts"

/** Locks both, or what they were merged into, in the order of their ids: two merges of the same pair never cross. */
export async function lockContacts(act: Act, a: string, b: string): Promise<[ContactRow, ContactRow]> {
  const [first, second] = [await meantContact(act, a), await meantContact(act, b)]
  const rows = new Map<string, ContactRow>()
  for (const id of [first, second].toSorted()) rows.set(id, await lockContact(act, id))
  return [rows.get(first)!, rows.get(second)!]
}

/**
 * Moves the addresses, fills in what the target did not say of itself, and lets the source point to it. Only when they are
 * known to be one person do those who hold an address of either read what was exchanged with both.
 */
export async function takeIn(
  act: Act,
  source: ContactRow,
  target: ContactRow,
  { isOnePerson }: { isOnePerson: boolean },
): Promise<void> {
  const identities = await identitiesOf(act, source.id)
  const confirmed = identities.filter(({ confirmedFor }) => confirmedFor === source.id)
  if (isOnePerson) await saveConfirmed(act, idsOf(confirmed), target.id)
  await moveIdentities(act, idsOf(identities), target.id)
  await saveContact(act, target.id, {
    name: target.name || source.name,
    tier: target.tier ?? source.tier,
    language: target.language ?? source.language,
    customFields: { ...source.customFields, ...target.customFields },
  })
  await rememberMerge(act, source.id, target.id, isOnePerson)
  await moveAccounts(act, source.id, target.id)
  await pointTo(act, source.id, target.id)
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
