import { channels } from "#channels/index.ts"
import type { NewTicket } from "#tickets/index.ts"
import type { PlannedMessage } from "./plan-from-snapshot.ts"

/** The ticket that a planned message opens. */
export function toNewTicket({
  inbound,
  message,
  by,
  thread,
  threadKey,
  connection,
  planned,
}: PlannedMessage): NewTicket {
  if (planned.decision.action !== "created")
    throw new Error(`a message that is ${planned.decision.action} opens nothing`)
  return {
    id: planned.ticketId,
    kind: "conversation",
    threadKey,
    status: planned.decision.status,
    channel: channels[connection.kind]?.word ?? "api",
    contactId: thread.contactId,
    connectionId: connection.id,
    isGroup: inbound.group !== null,
    assigneeId: inbound.assigneeId,
    teamId: connection.teamIds.length === 1 ? connection.teamIds[0]! : null,
    campaignShipmentId: inbound.campaignShipmentId,
    unreadMessages: planned.unread === "add" ? 1 : 0,
    // Behind a key stands its user: one word for both, so that one index finds what somebody made.
    createdByKind: by.kind === "key" ? "user" : by.kind,
    createdById: by.id,
    now: message.now,
    message: { sentAt: message.sentAt },
  }
}
