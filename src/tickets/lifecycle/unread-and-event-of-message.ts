// What a message means for the ticket that it lands on, and which events that makes, by whichever connection it came.

export type MessageConsequence = {
  /** add: a contact wrote; clear: we wrote; keep: it does not count as unread. */
  unread: "add" | "clear" | "keep"
  /** It counts as a change of the ticket. */
  touches: boolean
  event: {
    kind: "message.received" | "message.attached"
    data: { direction: "in" | "out"; blocked?: true }
  }
}

/** `quiet`: it is kept, and wakes nothing and nobody; `blocked`: because of who wrote it. */
export function messageConsequence(
  direction: "in" | "out",
  kept: "quiet" | "blocked" | null = null,
): MessageConsequence {
  return {
    unread: kept ? "keep" : direction === "in" ? "add" : "clear",
    touches: kept === null,
    event: {
      kind: kept ? "message.attached" : "message.received",
      data: { direction, ...(kept === "blocked" && { blocked: true }) },
    },
  }
}
