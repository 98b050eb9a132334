// What a visitor may see: the public messages of their own chat. Fetching them is how a reply is delivered.
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { connectionById, type ConnectionRow, type Conversation } from "#connections/index.ts"
import { cleanHtml, type DeliveryState, setDelivery } from "#messages/index.ts"

type Row = {
  id: string
  externalId: string | null
  direction: "in" | "out"
  senderKind: string
  content: string
  contentHtml: string | null
  sentAt: Date
  author: string | null
  deliveryState: DeliveryState
  status: string
  contactId: string
}

const newest = 200

/** Without a visitor: the chat as a stranger finds it, before the first word. */
export async function conversationOf(kit: Kit, connectionId: string, visitorId: string | null): Promise<Conversation> {
  const connection = await connectionById(kit.db.kysely, connectionId)
  if (!connection || connection.deletedAt || connection.kind !== "webchat") throw notFound("chat")
  const rows = visitorId === null ? [] : await publicMessages(kit, connectionId, visitorId)
  await markDelivered(kit, rows)
  return {
    connection: shown(connection),
    // The page shows the greeting before anybody has written; the copy that agents see would be a second one.
    messages: rows
      .filter((row) => row.senderKind !== "bot" || row.content !== connection.greeting)
      .map((row) => messageOf(row, visitorId)),
    status: rows.at(-1)?.status ?? null,
  }
}

async function publicMessages(kit: Kit, connectionId: string, visitorId: string): Promise<Row[]> {
  const rows = await kit.db.run<Row>(
    statement("chat-conversation", (p) => {
      const connection = p(connectionId)
      return `select g.id, g.external_id as "externalId", g.direction, g.sender_kind as "senderKind", g.content,
          g.content_html as "contentHtml", g.sent_at as "sentAt", g.delivery_state as "deliveryState", u.name as author,
          t.status, t.contact_id as "contactId"
        from contact_identities i join tickets t on t.contact_id = i.contact_id join messages g on g.ticket_id = t.id
          left join users u on g.sender_kind = 'user' and u.id = g.sender_id
        where i.kind = 'visitor' and i.scope = ${connection} and i.value = ${p(visitorId)}
          and g.connection_id = ${connection} and g.kind = 'message' and not g.is_internal
        order by g.sent_at desc, g.id desc limit ${newest}`
    }),
  )
  return rows.toReversed()
}

async function markDelivered(kit: Kit, rows: Row[]) {
  const waiting = rows.filter(
    ({ deliveryState: state, direction }) => direction === "out" && (state === "queued" || state === "sent"),
  )
  const [first] = waiting
  if (!first) return
  await inTransaction(kit.db, { actor: { kind: "contact", id: first.contactId }, now: kit.now() }, async (act) => {
    for (const { id } of waiting) await setDelivery(act, id, "delivered")
  })
}

function shown({ name, greeting, enabled, settings }: ConnectionRow): Conversation["connection"] {
  return { name, greeting, enabled, color: typeof settings["color"] === "string" ? settings["color"] : null }
}

function messageOf(row: Row, visitorId: string | null): Conversation["messages"][number] {
  const { id, direction, content, author } = row
  const contentHtml = row.contentHtml === null ? null : cleanHtml(row.contentHtml)
  const own = `${visitorId}:`
  const clientId = row.externalId?.startsWith(own) ? row.externalId.slice(own.length) : null
  return { id, clientId, direction, content, contentHtml, at: row.sentAt.toISOString(), author }
}
