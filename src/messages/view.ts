import type { Message } from "./contract.ts"

/** Columns of the API's message over a row `g`; names of senders are joined here and nowhere else. */
export const messageColumns = `
  g.id, g.ticket_id as "ticketId", g.kind, g.direction, g.sender_kind as "senderKind", g.sender_id as "senderId",
  coalesce(gu.name, gc.name) as "senderName", g.content, g.content_html as "contentHtml", g.is_internal as "isInternal",
  g.reply_to as "replyTo", g.attachments, g.delivery_state as "deliveryState", g.delivery_reason as "deliveryReason",
  g.sent_at as "sentAt", g.created_at as "createdAt"`

export const messageJoins = `
  left join users gu on g.sender_kind = 'user' and gu.id = g.sender_id
  left join contacts gc on g.sender_kind = 'contact' and gc.id = g.sender_id`

export type MessageRow = Omit<Message, "sender" | "delivery"> & {
  senderKind: Message["sender"]["type"]
  senderId: string | null
  senderName: string | null
  deliveryState: Message["delivery"]["state"]
  deliveryReason: string | null
}

export function toMessage(row: MessageRow): Message {
  const { senderKind, senderId, senderName, deliveryState, deliveryReason, ...rest } = row
  return {
    ...rest,
    sender: { type: senderKind, id: senderId, name: senderName },
    delivery: { state: deliveryState, ...(deliveryReason !== null && { reason: deliveryReason }) },
  }
}
