import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import { saveUnread } from "./ticket-store.ts"
import { type TicketRow } from "./ticket-row.ts"

/** Somebody of the staff has seen all of a locked ticket. Seeing it twice changes nothing. */
export async function markRead(act: Act, ticket: Pick<TicketRow, "id" | "unreadMessages">): Promise<void> {
  if (ticket.unreadMessages === 0) return
  await saveUnread(act, ticket.id, 0)
  await record(act, "ticket.read", { ticketId: ticket.id })
}
