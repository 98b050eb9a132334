import { newId } from "#kernel/ids.ts"
import type { NewMessage } from "#messages/index.ts"
import type { InboundMessage } from "./inbound-message.ts"

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
    contentHtml: author?.contentHtml ?? null,
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
