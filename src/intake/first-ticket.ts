import type { Actor } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { channels } from "#channels/index.ts"
import { type ConnectionKind } from "#connections/index.ts"
import type { NewMessage } from "#messages/index.ts"
import { conversationKey } from "#tickets/index.ts"
import { decideTicket } from "./decide-ticket.ts"
import { hasFiles, type InboundMessage, proofOf } from "./inbound-message.ts"
import type { TicketCreation } from "./intake-statements.ts"

type ConnectionFacts = {
  kind: ConnectionKind
  teamIds: string[]
  contactId: string | null
  identityId: string | null
  by: Actor
}

const nothing = { active: null, latest: null, enclosing: null, reactedTo: null }
const noPolicy = {
  windowMinutes: 0,
  reopenFrom: "activity",
  acknowledgements: [],
  farewellText: null,
  supportDays: 0,
} as const

/** What is written when a thread has no ticket at all. The rule is asked all the same: it gives status and reason. */
export function firstTicket(inbound: InboundMessage, message: NewMessage, connection: ConnectionFacts): TicketCreation {
  const decision = decideTicket(nothing, { ...toIncoming(inbound) }, noPolicy, message.now)
  if (decision.action !== "created") throw new Error(`a first message was ${decision.action}`)
  return toTicketCreation(inbound, message, connection, decision)
}

export function toIncoming(inbound: InboundMessage, isBlocked = false) {
  return {
    kind: inbound.kind,
    direction: inbound.direction,
    text: inbound.text,
    hasAttachments: hasFiles(inbound),
    isGroup: inbound.group !== null,
    campaignShipmentId: inbound.campaignShipmentId,
    bot: inbound.bot,
    hasUser: inbound.assigneeId !== null,
    isBlocked,
  }
}

/** `contactId` null: the thread's contact is made in the same statement. */
export function toTicketCreation(
  inbound: InboundMessage,
  message: NewMessage,
  connection: ConnectionFacts,
  decision: { status: "closed" | "open" | "pending"; why: TicketCreation["why"] },
): TicketCreation {
  const thread = inbound.group ?? inbound.person
  const contactId = connection.contactId ?? newId("ctc")
  const identityId = connection.identityId ?? newId("idn")
  const exchanged = { ...message, contactId, identityId }
  const fromContact = message.senderKind === "contact" && inbound.group === null
  const isQuiet = decision.why.code === "created_blocked"
  const by = inbound.direction === "in" ? { kind: "contact", id: message.senderId ?? contactId } : connection.by
  return {
    by,
    why: decision.why,
    isQuiet,
    message: fromContact ? { ...exchanged, senderId: contactId } : exchanged,
    contact:
      connection.contactId === null
        ? {
            id: contactId,
            identityId,
            name: thread.name,
            isGroup: inbound.group !== null,
            identity: thread.identity,
            proof: proofOf(inbound),
            now: message.now,
          }
        : null,
    ticket: {
      id: newId("tkt"),
      kind: "conversation",
      threadKey: conversationKey(inbound.connectionId, contactId),
      status: decision.status,
      channel: channels[connection.kind]?.word ?? "api",
      contactId,
      connectionId: inbound.connectionId,
      isGroup: inbound.group !== null,
      assigneeId: inbound.assigneeId,
      teamId: connection.teamIds.length === 1 ? connection.teamIds[0]! : null,
      campaignShipmentId: inbound.campaignShipmentId,
      unreadMessages: inbound.direction === "in" && !isQuiet ? 1 : 0,
      // Behind a key stands its user: one word for both, so that one index finds what somebody made.
      createdByKind: by.kind === "key" ? "user" : by.kind,
      createdById: by.id,
      now: message.now,
      message: { sentAt: message.sentAt },
    },
  }
}
