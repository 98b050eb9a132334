// What a customer's own words, or their wish to go on, do to a ticket.
import type { Status, TicketKind } from "./table.ts"

type EndedTicket = {
  kind: TicketKind
  status: Status
  active: boolean
  closedAt: Date | null
  assigneeId: string | null
  isGroup: boolean
}

export type CustomerReplyEffect =
  | { action: "stays" }
  | { action: "reopens"; to: Status }
  | { action: "follows_up"; closedAt: Date }

const dayMs = 86_400_000

/**
 * A support ticket that waits for the customer goes on; resolved it always comes back, closed only within so many days
 * (the last instant included): then a new one follows it. Conversations come back to their agent, or to everybody.
 */
export function customerReplyEffect(ticket: EndedTicket, now: Date, reopenDays: number): CustomerReplyEffect {
  const { kind, status, active, closedAt } = ticket
  if (kind === "conversation") {
    return active
      ? { action: "stays" }
      : { action: "reopens", to: ticket.assigneeId || ticket.isGroup ? "open" : "pending" }
  }
  if (kind !== "support" || status === "open") return { action: "stays" }
  const isLate = status === "closed" && closedAt !== null && now.getTime() - closedAt.getTime() > reopenDays * dayMs
  return isLate ? { action: "follows_up", closedAt } : { action: "reopens", to: "open" }
}
