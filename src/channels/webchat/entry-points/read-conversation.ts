// What a visitor may see: the public messages of their own chat. Fetching them is how a reply is delivered.
import type { Kit } from "#kernel/kit.ts"
import { statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { connectionById } from "#connections/index.ts"
import { filesOf } from "#files/index.ts"
import { cleanHtml, contentForRecipient } from "#messages/index.ts"
import type { ChatMessage, Conversation } from "../api-contract.ts"
import { markDelivered, newestSeen } from "./delivered-and-seen.ts"
import { hoursOf, mailsCustomers, mailsTranscripts, shownConnection } from "./shown-connection.ts"
import { ownMessages, publicMessages, type VisibleMessage } from "./visible-messages.ts"

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
      ...shownConnection(connection),
      hours: await hoursOf(kit, connection),
      mailsReplies: await mailsCustomers(kit),
      mailsTranscripts: await mailsTranscripts(kit, connection),
    },
    // The page shows the greeting before anybody has written; the copy that agents see would be a second one.
    messages: rows
      .filter((row) => row.senderKind !== "bot" || row.content !== connection.greeting)
      .map((row) => messageOf({ ...row, ...contentForVisitor(kit, row) }, visitorId, files.get(row.id))),
    seenId: newestSeen(rows),
    status: rows.at(-1)?.status ?? null,
  }
}

/** What another secret sealed is shown as staff see it, without its link: the rest of the conversation stays readable. */
function contentForVisitor({ secrets }: Kit, row: VisibleMessage) {
  try {
    return contentForRecipient(secrets, row)
  } catch {
    return { content: row.content, contentHtml: row.contentHtml }
  }
}

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

type File = Parameters<typeof shownFile>[0]

function messageOf(row: VisibleMessage, visitorId: string | null, files: File[] = []): ChatMessage {
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
