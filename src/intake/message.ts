import { newId } from "#kernel/ids.ts"
import type { NewMessage } from "#messages/index.ts"
import type { Inbound } from "./inbound.ts"

/** The row that an inbound message becomes. */
export function newMessage(inbound: Inbound, now: Date): NewMessage {
  const sentByUs = inbound.bot ? "bot" : "system"
  return {
    id: newId("msg"),
    connectionId: inbound.connectionId,
    externalId: inbound.externalId,
    kind: inbound.kind,
    direction: inbound.direction,
    senderKind: inbound.kind === "system" ? "system" : inbound.direction === "in" ? "contact" : sentByUs,
    senderId: null,
    content: inbound.text,
    contentHtml: null,
    isInternal: false,
    replyTo: inbound.replyTo,
    deliveryState: inbound.direction === "in" ? "received" : "sent",
    sentAt: inbound.sentAt ?? now,
    now,
  }
}
