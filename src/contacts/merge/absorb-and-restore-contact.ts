// Two records of one person become one. Their tickets are not known here: the caller takes care of them first.
import type { Act } from "#kernel/act.ts"
import { moveAccounts } from "#people/index.ts"
import { Refusal } from "#kernel/errors.ts"
import { identitiesOf, moveIdentities, opensByMail, saveConfirmed } from "../identities/identity-store.ts"
import {
  joinedNotes,
  type Merge,
  mergedWith,
  mergeOf,
  moveIdentitiesBack,
  insertContactMerge,
  restoreMergedContact,
  undoDays,
  withoutFilled,
} from "./merge-record-store.ts"
import { type ContactRow, lockContact, lockRow, resolveContact, pointTo, saveContact } from "../contact-store.ts"

/** Locks both, or what they were merged into, in the order of their ids: two merges of the same pair never cross. */
export async function lockContacts(act: Act, a: string, b: string): Promise<[ContactRow, ContactRow]> {
  const [first, second] = [await resolveContact(act, a), await resolveContact(act, b)]
  const rows = new Map<string, ContactRow>()
  for (const id of [first, second].toSorted()) rows.set(id, await lockContact(act, id))
  return [rows.get(first)!, rows.get(second)!]
}

type How = Pick<Merge, "ticketIds" | "releasedTicketIds"> & { isOnePerson: boolean }

/**
 * Moves the addresses, fills in what the target did not say of itself, and lets the source point to it. Only when they are
 * known to be one person do those who hold an address of either read what was exchanged with both. `ticketIds`: the tickets
 * that were merged for it; `releasedTicketIds`: the merged ones that released their thread.
 */
export async function absorbContact(act: Act, source: ContactRow, target: ContactRow, how: How): Promise<void> {
  const identities = await identitiesOf(act, source.id)
  const identityIds = idsOf(identities)
  const confirmedIds = idsOf(identities.filter(({ confirmedFor }) => confirmedFor === source.id))
  if (how.isOnePerson) await saveConfirmed(act, confirmedIds, target.id)
  await moveIdentities(act, identityIds, target.id)
  await saveContact(act, target.id, {
    name: target.name || source.name,
    tier: target.tier ?? source.tier,
    language: target.language ?? source.language,
    customFields: { ...source.customFields, ...target.customFields },
    note: joinedNotes(target, source),
  })
  const filled = filledIn(source, target)
  await insertContactMerge(act, { sourceId: source.id, targetId: target.id, identityIds, confirmedIds, filled, ...how })
  await moveAccounts(act, source.id, target.id)
  await pointTo(act, source.id, target.id)
}

const filledIn = (source: ContactRow, target: ContactRow) => [
  ...(["name", "tier", "language"] as const).filter((key) => !target[key] && source[key]),
  ...(source.note ? ["note"] : []),
  ...Object.keys(source.customFields).flatMap((key) => (key in target.customFields ? [] : [`customFields.${key}`])),
]

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** What is undone: the two contacts, locked, and whose tickets go back with the source. */
export type MergeToUndo = { source: ContactRow; target: ContactRow; merge: Merge; chain: string[] }

/**
 * Locks both contacts of a merge that can still be undone. Refuses (409): `not_merged`; `too_late` after 30 days, or when it
 * was made before merges could be undone.
 */
export async function lockMerge(act: Act, sourceId: string): Promise<MergeToUndo> {
  const targetId = await resolveContact(act, sourceId)
  if (targetId === sourceId) throw notMerged()
  const rows = new Map<string, ContactRow>()
  for (const id of [sourceId, targetId].toSorted()) rows.set(id, await lockRow(act, id))
  if ((await resolveContact(act, sourceId)) !== targetId) return lockMerge(act, sourceId)
  const merge = await mergeOf(act, sourceId)
  if (!merge) throw notMerged()
  const isLate = act.now.getTime() - merge.mergedAt.getTime() > undoDays * 86_400_000
  if (isLate || !merge.isUndoable) throw new Refusal("conflict", "too_late")
  return { source: rows.get(sourceId)!, target: rows.get(targetId)!, merge, chain: await mergedWith(act, sourceId) }
}

const notMerged = () => new Refusal("conflict", "not_merged", "The contact is not merged into another one")

/** Gives the source back its addresses and accounts, and takes from the target what it had only from there. */
export async function restoreContact(act: Act, { source, target, merge, chain }: MergeToUndo): Promise<void> {
  await restoreMergedContact(act, source.id, chain)
  await moveIdentitiesBack(act, merge, target.id, source.id)
  const emails = (await identitiesOf(act, source.id)).flatMap((one) => (opensByMail(one) ? [one.value] : []))
  await moveAccounts(act, target.id, source.id, emails)
  if (merge.targetId === target.id) await saveContact(act, target.id, withoutFilled(target, source, merge.filled))
}
