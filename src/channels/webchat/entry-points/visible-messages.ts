// The messages of a chat that its visitor sees.
import type { Kit } from "#kernel/kit.ts"
import { statement } from "#kernel/db.ts"
import type { DeliveryState } from "#messages/index.ts"

/** A message that a visitor sees. */
export type VisibleMessage = {
  id: string
  externalId: string | null
  direction: "in" | "out"
  senderKind: string
  content: string
  contentHtml: string | null
  sealedContent: string | null
  sentAt: Date
  author: string | null
  deliveryState: DeliveryState
  status: string
  contactId: string
  ticketId: string
  /** How many messages of customers on the ticket nobody has read. */
  unread: number
}

const newest = 200

/**
 * SQL for what a visitor may see: the public messages `g` exchanged with them in this chat, on whichever ticket they are by
 * now, and nobody else's on that ticket.
 */
export const ownMessages = (connection: string, visitor: string) => `(
    select g.*, t.status, t.unread_messages from contact_identities i
      join contact_identities v on (v.id = i.id or v.confirmed_for = i.confirmed_for) and v.kind = 'visitor' and v.scope = ${connection}
      join messages g on g.identity_id = v.id join tickets t on t.id = g.ticket_id
    where i.kind = 'visitor' and i.scope = ${connection} and i.value = ${visitor}
      and g.connection_id = ${connection} and g.kind = 'message' and not g.is_internal) g`

/** The newest 200, oldest first. */
export async function publicMessages(
  kit: Pick<Kit, "db">,
  connectionId: string,
  visitorId: string,
): Promise<VisibleMessage[]> {
  const rows = await kit.db.run<VisibleMessage>(
    statement("chat-conversation", (p) => {
      const connection = p(connectionId)
      return `select g.id, g.external_id as "externalId", g.direction, g.sender_kind as "senderKind", g.content,
          g.content_html as "contentHtml", g.sealed_content as "sealedContent", g.sent_at as "sentAt", g.delivery_state as "deliveryState", u.name as author,
          g.status, g.unread_messages as unread, g.contact_id as "contactId", g.ticket_id as "ticketId"
        from ${ownMessages(connection, p(visitorId))}
          left join users u on g.sender_kind = 'user' and u.id = g.sender_id
        order by g.position desc limit ${newest}`
    }),
  )
  return rows.toReversed()
}
