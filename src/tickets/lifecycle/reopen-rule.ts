// When what is over comes back: what a customer's own words, or their wish to go on, do to a ticket, by whichever channel.
import type { Status, TicketKind } from "./lifecycle-table.ts"

export type EndedTicket = {
  kind: string
  status: string
  closedAt: Date | null
  assigneeId: string | null
}

export type CustomerReplyEffect =
  | { action: "stays" }
  | { action: "reopens"; to: Status }
  | { action: "follows_up"; inputs: SupportDays }

/** How long a support ticket was over, and how long it may be. */
export type SupportDays = { elapsedDays: number; windowDays: number }

const dayMs = 86_400_000

/** Back to its agent, or to everybody; a group's conversation is always open, and so is all else. */
export function statusOnReturn({ kind, assigneeId }: EndedTicket, isGroup: boolean): "open" | "pending" {
  return kind === "conversation" && assigneeId === null && !isGroup ? "pending" : "open"
}

/** The next words of the customer open it again. */
export const waitsForCustomer = ({ kind, status }: Pick<EndedTicket, "kind" | "status">) =>
  kind === "support" && status === "pending"

/**
 * Does a customer's message bring a support ticket back? A resolved one always, a closed one within so many days, the last
 * instant included: then a new one follows it.
 */
export function supportReturn({ status, closedAt }: EndedTicket, now: Date, windowDays: number) {
  const days = (now.getTime() - (closedAt ?? now).getTime()) / dayMs
  const isLate = status === "closed" && days > windowDays
  return { isLate, inputs: { elapsedDays: isLate ? Math.ceil(days) : Math.floor(days), windowDays } }
}

/** A ticket that waits for the customer goes on; what is over comes back as above. */
export function customerReplyEffect(
  ticket: EndedTicket & { kind: TicketKind; active: boolean; isGroup: boolean },
  now: Date,
  reopenDays: number,
): CustomerReplyEffect {
  const { kind, status, active } = ticket
  if (kind === "conversation")
    return active ? { action: "stays" } : { action: "reopens", to: statusOnReturn(ticket, ticket.isGroup) }
  if (kind !== "support" || status === "open") return { action: "stays" }
  const { isLate, inputs } = supportReturn(ticket, now, reopenDays)
  return isLate ? { action: "follows_up", inputs } : { action: "reopens", to: "open" }
}
