// What a visitor may see: the public messages of their own chat. Fetching them is how a reply is delivered.
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { filesOf } from "#files/index.ts"
import { cleanHtml, contentForRecipient, type DeliveryState, setDelivery } from "#messages/index.ts"
import { readSetting } from "#settings/index.ts"
import type { ChatMessage, Conversation } from "../api-contract.ts"

type Row = {
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
}

const newest = 200

/** Without a visitor: the chat as a stranger finds it, before the first word. */
export async function conversationOf(
  kit: Kit & { mailIsSet: boolean },
  connectionId: string,
  visitorId: string | null,
): Promise<Conversation> {
  const connection = await connectionById(kit.db.kysely, connectionId)
  if (!connection || connection.deletedAt || connection.kind !== "webchat") throw notFound("chat")
  const rows = visitorId === null ? [] : await publicMessages(kit, connectionId, visitorId)
  const files = await filesOf(
    kit.db,
    rows.map(({ id }) => id),
  )
  await markDelivered(kit, rows)
  return {
    connection: {
      ...shown(connection),
      mailsReplies: kit.mailIsSet && (await readSetting(kit.db, "support.mailCustomers")),
    },
    // The page shows the greeting before anybody has written; the copy that agents see would be a second one.
    messages: rows
      .filter((row) => row.senderKind !== "bot" || row.content !== connection.greeting)
      .map((row) => messageOf({ ...row, ...contentForVisitor(kit, row) }, visitorId, files.get(row.id))),
    status: rows.at(-1)?.status ?? null,
  }
}

/** What another secret sealed is shown as staff see it, without its link: the rest of the conversation stays readable. */
function contentForVisitor({ secrets }: Kit, row: Row) {
  try {
    return contentForRecipient(secrets, row)
  } catch {
    return { content: row.content, contentHtml: row.contentHtml }
  }
}

/**
 * SQL for what a visitor may see: the public messages `g` exchanged with them in this chat, on whichever ticket they are by
 * now, and nobody else's on that ticket.
 */
const ownMessages = (connection: string, visitor: string) => `(
    select g.*, t.status from contact_identities i
      join contact_identities v on (v.id = i.id or v.confirmed_for = i.confirmed_for) and v.kind = 'visitor' and v.scope = ${connection}
      join messages g on g.identity_id = v.id join tickets t on t.id = g.ticket_id
    where i.kind = 'visitor' and i.scope = ${connection} and i.value = ${visitor}
      and g.connection_id = ${connection} and g.kind = 'message' and not g.is_internal) g`

/** A file of a message that the visitor sees. */
export async function fileForVisitor(kit: Kit, connectionId: string, visitorId: string, fileId: string) {
  const rows = await kit.db.run<{ fileName: string; mimeType: string; size: number; sha256: string }>(
    statement("chat-file", (p) => {
      return `select f.file_name as "fileName", f.mime_type as "mimeType", f.size, f.sha256
        from ${ownMessages(p(connectionId), p(visitorId))} join attachments f on f.message_id = g.id
        where f.id = ${p(fileId)} and f.state = 'stored'`
    }),
  )
  if (!rows[0]) throw notFound("file")
  return rows[0]
}

async function publicMessages(kit: Kit, connectionId: string, visitorId: string): Promise<Row[]> {
  const rows = await kit.db.run<Row>(
    statement("chat-conversation", (p) => {
      const connection = p(connectionId)
      return `select g.id, g.external_id as "externalId", g.direction, g.sender_kind as "senderKind", g.content,
          g.content_html as "contentHtml", g.sealed_content as "sealedContent", g.sent_at as "sentAt", g.delivery_state as "deliveryState", u.name as author,
          g.status, g.contact_id as "contactId"
        from ${ownMessages(connection, p(visitorId))}
          left join users u on g.sender_kind = 'user' and u.id = g.sender_id
        order by g.position desc limit ${newest}`
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

function shown({ name, greeting, enabled, settings }: ConnectionRow) {
  return { name, greeting, enabled, color: typeof settings["color"] === "string" ? settings["color"] : null }
}

type File = Parameters<typeof shownFile>[0]

function messageOf(row: Row, visitorId: string | null, files: File[] = []): ChatMessage {
  const { id, direction, content, author } = row
  const contentHtml = row.contentHtml === null ? null : cleanHtml(row.contentHtml)
  const own = `${visitorId}:`
  const clientId = row.externalId?.startsWith(own) ? row.externalId.slice(own.length) : null
  const said = { id, clientId, direction, content, contentHtml, at: row.sentAt.toISOString(), author }
  return { ...said, files: files.map(shownFile) }
}

const shownFile = ({
  id,
  fileName: name,
  mimeType,
  size,
}: Record<"id" | "fileName" | "mimeType", string> & { size: number }) => ({ id, name, mimeType, size })
