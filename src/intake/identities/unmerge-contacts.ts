// Undoing a merge of contacts: each has its own addresses, tickets and threads again. What was said or opened since stays on
// its ticket, and a ticket goes back to the contact that had it before; what is new is the target's.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { restoreContact, lockMerge } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { lockTicketsOf, restoreThreads, returnTicketsToContact, undoMergeOf } from "#tickets/index.ts"

/** Undoes the merge of the contact, for 30 days. Refuses (409): `not_merged`, `too_late`. */
export async function unmergeContacts(act: Act, sourceId: string): Promise<void> {
  const undoing = await lockMerge(act, sourceId)
  const { target, merge, chain } = undoing
  await lockTicketsOf(act, [target.id])
  await restoreContact(act, undoing)
  await returnTicketsToContact(act, { from: target.id, to: sourceId, origins: chain })
  for (const id of merge.ticketIds) await undoMergeOf(act, id).catch(leaveBusy)
  await restoreThreads(act, merge.releasedTicketIds)
  await record(act, "contact.merge_undone", { subjectId: sourceId, data: { source: sourceId, target: target.id } })
}

/** A thread that has another active ticket by now keeps it: the merged one stays merged. */
function leaveBusy(error: unknown) {
  const isBusy = error instanceof Refusal && error.code === "thread_busy"
  // What the index refused, and no look before it, has ended the transaction: there is nothing to go on with.
  if (!isBusy || error.cause !== undefined) throw error
}
