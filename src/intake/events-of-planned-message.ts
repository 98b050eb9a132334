import type { BatchEvent } from "#event-log/index.ts"
import type { PlannedMessage } from "./plan-from-snapshot.ts"

/** The events of a planned message, in this order. */
export function eventsOf({ inbound, message, by: actor, planned }: PlannedMessage): BatchEvent[] {
  const { decision, event, ticketId } = planned
  const about = { ticketId, subjectId: message.id, actor }
  const isPromised = (inbound.files ?? []).length > 0
  return [
    ...(decision.action === "created" ? [{ kind: "ticket.created", ...about, why: decision.why } as const] : []),
    { ...event, ...about },
    ...(isPromised ? [{ kind: "message.files_announced", ...about } as const] : []),
  ]
}
