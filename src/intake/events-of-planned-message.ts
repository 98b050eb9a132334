import type { BatchEvent } from "#event-log/index.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"

/** The events of a planned message, in this order. */
export function eventsOf({ inbound, message, by: actor, planned }: PlannedMessage): BatchEvent[] {
  const { decision, event, ticketId } = planned
  const about = { ticketId, subjectId: message.id, actor }
  const silence = inbound.mail?.isSilent ? ({ silent: true } as const) : {}
  const isPromised = (inbound.files ?? []).length > 0
  return [
    ...(decision.action === "created" ? [createdEvent(about, decision, silence)] : []),
    { ...event, ...about, data: { ...event.data, ...silence } },
    ...(isPromised ? [{ kind: "message.files_announced", ...about } as const] : []),
  ]
}

type CreatedDecision = Extract<PlannedMessage["planned"]["decision"], { action: "created" }>

/** What we send of ourselves opens a ticket that is closed. */
const createdEvent = (
  about: Pick<BatchEvent, "ticketId" | "subjectId" | "actor">,
  { why, status }: CreatedDecision,
  silence: { silent?: true },
) => ({ kind: "ticket.created", ...about, why, data: { ...(status === "closed" && { status }), ...silence } }) as const
