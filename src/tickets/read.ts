import type { Act } from "#kernel/act.ts"
import { record } from "#events/index.ts"
import { saveUnread, type TicketRow } from "./store.ts"

/** Somebody of the staff has seen all of a locked ticket. Seeing it twice changes nothing. */
export async function markRead(act: Act, ticket: Pick<TicketRow, "id" | "unreadMessages">): Promise<void> {
  if (ticket.unreadMessages === 0) return
  await saveUnread(act, ticket.id, 0)
  await record(act, "ticket.read", { ticketId: ticket.id })
}
