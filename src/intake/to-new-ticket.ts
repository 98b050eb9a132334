import { channels } from "#channels/index.ts"
import { creatorOf, type MessageEffect, type NewTicket, totalsOf } from "#tickets/index.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"

const longestSubject = 300

/** The ticket that the first of these messages opens, with all of them. */
export function toNewTicket(messages: readonly PlannedMessage[]): NewTicket {
  const { inbound, by, thread, threadKey, connection, planned } = messages[0]!
  if (planned.decision.action !== "created")
    throw new Error(`a message that is ${planned.decision.action} opens nothing`)
  const { unread, waitingFrom, firstAt, lastAt, campaignShipmentId } = totalsOf(messages.map(toMessageEffect))
  return {
    id: planned.ticketId,
    kind: "conversation",
    subject: (inbound.mail ?? inbound.newThread)?.subject.slice(0, longestSubject).toWellFormed() ?? "",
    threadKey,
    status: planned.decision.status,
    channel: channels[connection.kind]?.word ?? "api",
    contactId: thread.contactId,
    connectionId: connection.id,
    isGroup: inbound.group !== null,
    assigneeId: inbound.assigneeId,
    teamId: connection.teamIds.length === 1 ? connection.teamIds[0]! : null,
    campaignShipmentId: campaignShipmentId ?? inbound.campaignShipmentId,
    unread,
    messages: messages.length,
    waitingFrom,
    firstAt,
    lastAt,
    ...creatorOf(by),
  }
}

/** What a planned message does to its ticket. */
export const toMessageEffect = ({ message, planned, inbound }: PlannedMessage): MessageEffect => ({
  unread: planned.unread,
  touches: planned.touches,
  answers: planned.unread === "clear" && !inbound.bot,
  sentAt: message.sentAt,
  campaignShipmentId: inbound.campaignShipmentId,
})
