// One thread takes in another: its messages move, it is closed and points to where they went.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#events/index.ts"
import { moveMessages } from "#messages/index.ts"
import { change, refuseMerged } from "./change.ts"
import { saveFields, saveUnread, type TicketRow } from "./store.ts"
import { recountMessages } from "./touch.ts"

/**
 * Merges two tickets that the caller has locked, in the order of their ids. Agent, status and priority of the target stay.
 * Refuses: itself (400), another kind (400), and (409 `merged`) a side that was merged before – hence there are no cycles.
 */
export async function mergeTickets(act: Act, source: TicketRow, target: TicketRow): Promise<void> {
  if (source.id === target.id) throw invalidField("into", "is the ticket itself")
  if (source.kind !== target.kind) throw invalidField("into", `is a ${target.kind} ticket, not a ${source.kind} one`)
  refuseMerged(source)
  refuseMerged(target)
  await closeInto(act, source, target.id)
  const messages = await moveMessages(act, source.id, target.id)
  await recountMessages(act, [source.id, target.id])
  await saveUnread(act, source.id, 0)
  await saveFields(act, target.id, {
    unreadMessages: target.unreadMessages + source.unreadMessages,
    firstResponseAt: earlier(source.firstResponseAt, target.firstResponseAt),
  })
  await record(act, "ticket.merged", { ticketId: target.id, data: { source: source.id, messages } })
  await record(act, "ticket.merged_away", { ticketId: source.id, data: { target: target.id } })
}

async function closeInto(act: Act, source: TicketRow, mergedInto: string) {
  if (source.status === "closed") await saveFields(act, source.id, { mergedInto })
  else await change(act, source, { to: "closed", marks: { mergedInto } })
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
