import type { Actor } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { Why } from "#events/index.ts"
import type { NewMessage } from "#messages/index.ts"
import type { Inbound } from "./inbound.ts"
import type { Joining } from "./store.ts"

/** The row that an inbound message becomes. */
export function newMessage(inbound: Inbound, now: Date): NewMessage {
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
export function joiningOf(inbound: Inbound, message: NewMessage, by: Actor): Joining {
  return {
    identity: inbound.person.identity,
    also: inbound.person.also ?? [],
    message,
    unread: inbound.direction === "in" ? "add" : "clear",
    campaignShipmentId: inbound.campaignShipmentId,
    by: inbound.direction === "in" ? null : by,
    why: joinedActive,
  }
}

export const joinedActive: Why = {
  question: "which_ticket",
  answer: "joined",
  code: "joined_active",
  inputs: {},
  rejected: [],
}
