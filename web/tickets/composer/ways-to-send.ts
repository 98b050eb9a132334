// What a reply may do besides going out. Pure.
import { endStatus, reopenStatus, type Kind, type Phase, type Status } from "../ticket.ts"

/** `end`: closes or resolves the ticket; `endNext`: and goes on with the next; `reopen`: brings an ended one back. */
export type WayToSend = "send" | "end" | "endNext" | "reopen"

interface Ticket {
  kind: Kind
  phase: Phase
  can: string[]
}

/** A plain reply leaves the ticket as it is, an ended one ended. */
export function waysToSend(ticket: Ticket): WayToSend[] {
  if (endStatus(ticket)) return ["send", "end", "endNext"]
  return reopenStatus(ticket) ? ["send", "reopen"] : ["send"]
}

/** The status in which the ticket is then; undefined when it stays in the one it has. */
export function statusAfterSending(way: WayToSend, ticket: Ticket): Status | undefined {
  if (way === "send") return undefined
  return way === "reopen" ? reopenStatus(ticket) : endStatus(ticket)
}

/** What the button does that was last used for `kept`, on a ticket that may not allow it. */
export const rememberedWay = (ways: WayToSend[], kept: string | null): WayToSend =>
  ways.find((way) => way === kept && way !== "reopen") ?? "send"
