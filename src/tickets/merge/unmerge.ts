// Undoing a merge, at any time: the source gets back what it brought; what came since stays where it is, unless it was
// exchanged with the source's customer and the ticket is somebody else's.
import type { Act } from "#kernel/act.ts"
import { Refusal, uniqueViolation } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { moveMessages } from "#messages/index.ts"
import { refuseBusyThread } from "../lifecycle/transition.ts"
import { isActive, pathBetween } from "../lifecycle/lifecycle-table.ts"
import {
  exchangedSince,
  firstAnswerAt,
  deleteMerge,
  hasOtherSources,
  type Merge,
  mergeOf,
  restoreRow,
  stillUnreadOf,
} from "./merge-records.ts"
import { chainOf, releaseThread } from "./ticket-holding-thread.ts"
import { lockInOrder, saveFields } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { recountMessages } from "../message-effects-on-ticket.ts"
import { recountWaiting } from "../lifecycle/waiting-since.ts"

/**
 * Undoes the merge of the first of these locked tickets; each was merged into the next, the last holds the messages.
 * Refuses (409): `not_merged`; `thread_busy`, naming it, when the source's thread has another active ticket by now.
 */
export async function unmerge(act: Act, chain: TicketRow[]): Promise<void> {
  const [source, target, root] = [chain[0]!, chain[1], chain.at(-1)!]
  const merge = await mergeOf(act, source.id)
  if (!merge || !target) throw new Refusal("conflict", "not_merged")
  if (isActive(source.kind, merge.status)) await takeThreadBack(act, source, merge)
  const ids = chain.map(({ id }) => id)
  const since = await exchangedSince(act, source, root, { followed: ids.slice(1), since: merge.mergedAt })
  const brought = await stillUnreadOf(act, merge, ids.slice(1))
  const unread = Math.min(brought + since.unread, root.unreadMessages)
  await restore(act, source, merge, unread)
  const moved = await moveMessages(act, { ids: [...merge.messageIds, ...since.ids], from: root.id, to: source.id })
  await recountMessages(act, [source.id, root.id])
  await saveFields(act, root.id, {
    unreadMessages: root.unreadMessages - unread,
    firstResponseAt: await firstResponseOf(act, root, source, merge),
    ...(root.id === target.id && (await givenBack(act, merge))),
  })
  if (root.id !== target.id) await saveFields(act, target.id, await givenBack(act, merge))
  await recountWaiting(act, [source.id, root.id])
  await deleteMerge(act, source.id)
  await recordEvents(act, { source, root, merge, messages: moved.length })
}

/** Undoes the merge of this ticket, if it is merged still. */
export async function undoMergeOf(act: Act, id: string): Promise<void> {
  const ids = await chainOf(act.tx, id)
  const locked = await lockInOrder(act, ids)
  if (ids.length > 1)
    await unmerge(
      act,
      ids.map((one) => locked.get(one)!),
    )
}

/** A thread that still leads through the source is free; else its ticket now must not be active. */
async function takeThreadBack(act: Act, source: TicketRow, { threadKey }: Merge) {
  if (threadKey === null || source.threadKey === threadKey) return
  await refuseBusyThread(act, { id: source.id, threadKey })
  await releaseThread(act, threadKey)
}

async function restore(act: Act, source: TicketRow, merge: Merge, unread: number) {
  try {
    await restoreRow(act, merge, pathBetween(source.kind, "closed", merge.status), unread)
  } catch (error) {
    if (uniqueViolation(error) !== "tickets_one_active_per_thread") throw error
    throw Object.assign(new Refusal("conflict", "thread_busy"), { cause: error })
  }
}

/** The target's own first answer, unless the one it shows is not the source's: then nothing changes. */
async function firstResponseOf(act: Act, root: TicketRow, source: TicketRow, merge: Merge): Promise<Date | null> {
  if (root.firstResponseAt?.getTime() !== source.firstResponseAt?.getTime()) return root.firstResponseAt
  return merge.targetFirstResponseAt ?? (await firstAnswerAt(act, root.id))
}

async function givenBack(act: Act, merge: Merge): Promise<Record<string, unknown>> {
  if (await hasOtherSources(act, merge)) return {}
  return {
    ...(merge.adoptedContact && { contactId: null, isGroup: false }),
    ...(merge.adoptedConnection && { connectionId: null }),
  }
}

type UndoneMerge = { source: TicketRow; root: TicketRow; merge: Merge; messages: number }

async function recordEvents(act: Act, { source, root, merge, messages }: UndoneMerge) {
  if (merge.status !== "closed")
    await record(act, "ticket.status_changed", { ticketId: source.id, data: { from: "closed", to: merge.status } })
  await record(act, "ticket.unmerged", {
    ticketId: source.id,
    data: { target: root.id, from: "closed", to: merge.status, messages },
  })
  await record(act, "ticket.merge_undone", { ticketId: root.id, data: { source: source.id, messages } })
}
