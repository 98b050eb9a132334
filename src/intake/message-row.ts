import type { Actor } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { DecisionReason } from "#event-log/index.ts"
import type { NewMessage } from "#messages/index.ts"
import type { InboundMessage } from "./inbound-message.ts"
import type { JoinInput } from "./intake-statements.ts"

/** The row that an inbound message becomes. */
export function toMessageRow(inbound: InboundMessage, now: Date): NewMessage {
  const { author } = inbound
  const sentByUs = author ? "user" : inbound.bot ? "bot" : "system"
  return {
    id: author ? inbound.externalId : newId("msg"),
    connectionId: inbound.connectionId,
    externalId: inbound.externalId,
    kind: inbound.kind,
    direction: inbound.direction,
    senderKind: inbound.kind === "system" ? "system" : inbound.direction === "in" ? "contact" : sentByUs,
    senderId: author?.userId ?? null,
    clientKey: author?.clientKey,
    content: inbound.text,
    contentHtml: null,
    isInternal: false,
    replyTo: inbound.replyTo,
    deliveryState: inbound.direction === "in" ? "received" : "sent",
    sentAt: inbound.sentAt ?? now,
    now,
    contactId: null,
    identityId: null,
    address: inbound.address,
    position: inbound.position ?? null,
  }
}

/** The everyday case: it joins the active ticket of its thread. */
export function toJoin(inbound: InboundMessage, message: NewMessage, by: Actor): JoinInput {
  return {
    identity: inbound.person.identity,
    also: inbound.person.also ?? [],
    message,
    unread: inbound.direction === "in" ? "add" : "clear",
    campaignShipmentId: inbound.campaignShipmentId,
    by: inbound.direction === "in" ? null : by,
    why: joinedActiveDecision,
  }
}

export const joinedActiveDecision: DecisionReason = {
  question: "which_ticket",
  answer: "joined",
  code: "joined_active",
  inputs: {},
  rejected: [],
}
