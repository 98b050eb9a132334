// One thread absorbs another: its messages move, it is closed and points to where they went. Nothing is copied and
// nothing is lost, so that undoing it puts both back.
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal, uniqueViolation } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { moveDrafts, moveMessages } from "#messages/index.ts"
import { refuseMirrored } from "../lifecycle/change-status-by-hand.ts"
import { transition, refuseMerged } from "../lifecycle/transition.ts"
import { mergeableKinds } from "../lifecycle/lifecycle-table.ts"
import { overrideData } from "../history/field-history.ts"
import { insertMerge } from "./merge-records.ts"
import { threadHolder, releaseThread, rootOf } from "./ticket-holding-thread.ts"
import { saveFields, saveUnread } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { recountMessages } from "../message-effects-on-ticket.ts"
import { inheritWaiting } from "../lifecycle/waiting-since.ts"

/**
 * Merges two tickets that the caller has locked. Agent, status and priority of the target stay; the source's thread leads
 * to it from now on. Refuses: itself, and kinds that live by other rules (400; 409 `by_agreement`), and (409 `merged`) a side that was merged
 * before – hence there are no cycles. Whether their customers may differ is for the caller to say; `reason` is why they do.
 */
export async function mergeTickets(
  act: Act,
  source: TicketRow,
  target: TicketRow,
  reason: string | null = null,
): Promise<void> {
  if (source.id === target.id) throw invalidField("into", "is the ticket itself")
  for (const ticket of [source, target]) refuseMirrored(ticket)
  for (const { kind } of [source, target])
    if (!mergeableKinds.includes(kind)) throw invalidField("into", `a ticket of the kind ${kind} cannot be merged`)
  refuseMerged(source)
  refuseMerged(target)
  const adopted = adoption(source, target)
  const messageIds = await moveMessages(act, { from: source.id, to: target.id })
  await insertMerge(act, source, target, {
    messageIds,
    reason,
    adoptedContact: "contactId" in adopted,
    adoptedConnection: "connectionId" in adopted,
  })
  await inheritWaiting(act, source.id, target.id)
  await closeInto(act, source, target)
  await moveDrafts(act, source.id, target.id)
  await recountMessages(act, [source.id, target.id])
  await saveUnread(act, source.id, 0)
  await saveFields(act, target.id, {
    unreadMessages: target.unreadMessages + source.unreadMessages,
    firstResponseAt: earlier(source.firstResponseAt, target.firstResponseAt),
    ...adopted,
  })
  const messages = messageIds.length
  await record(act, "ticket.merged", {
    ticketId: target.id,
    data: { source: source.id, messages, ...(await overrideData(act, target.id, reason)) },
  })
  await record(act, "ticket.merged_away", {
    ticketId: source.id,
    data: { target: target.id, from: source.status, ...(await overrideData(act, source.id, reason)) },
  })
}

/** A ticket made by hand learns from the conversation that is merged into it whom it is about and how to answer them. */
function adoption(source: TicketRow, target: TicketRow): Partial<TicketRow> {
  const contact = target.contactId === null && source.contactId !== null
  if (!contact && target.contactId !== source.contactId) return {}
  const connection = target.connectionId === null && source.connectionId !== null
  return {
    ...(contact && { contactId: source.contactId, isGroup: source.isGroup }),
    ...(connection && { connectionId: source.connectionId }),
  }
}

async function closeInto(act: Act, source: TicketRow, target: TicketRow) {
  const marks = { mergedInto: target.id, ...((await leadsAway(act, source, target)) ? {} : { threadKey: null }) }
  try {
    if (source.status === "closed") await saveFields(act, source.id, marks)
    else await transition(act, source, { to: "closed", marks })
  } catch (error) {
    if (uniqueViolation(error) === "tickets_one_active_per_thread") throw new Refusal("conflict", "thread_busy")
    throw error
  }
}

/** A thread follows its merged ticket, unless it has another active one, leads elsewhere already or is the target's own. */
async function leadsAway(act: Act, source: TicketRow, target: TicketRow): Promise<boolean> {
  await freeTargetsThread(act, source, target)
  if (source.threadKey === null) return true
  if (source.threadKey === target.threadKey) return false
  const holder = await threadHolder(act.tx, source.threadKey)
  return !holder || holder.id === source.id
}

// What was merged into the source before may have come from the target's thread: that thread must not lead to itself.
async function freeTargetsThread(act: Act, source: TicketRow, { threadKey }: TicketRow) {
  if (threadKey === null) return
  const holder = await threadHolder(act.tx, threadKey)
  if (holder && holder.mergedInto !== null && (await rootOf(act.tx, holder.id)) === source.id)
    await releaseThread(act, threadKey)
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
