import type { Act } from "#kernel/act.ts"
import { picturesIn, renderMarkdown } from "./render-markdown.ts"

type WrittenReply = { content: string; attachmentIds?: readonly string[] | undefined; isInternal?: boolean | undefined }

/** HTML of what staff write on a ticket. Its pictures are the ticket's own: what goes along, or came with its messages. */
export async function replyHtml(act: Act, ticketId: string, written: WrittenReply): Promise<string> {
  const { content, attachmentIds = [], isInternal = false } = written
  const shown = picturesIn(content)
  if (shown.length === 0) return renderMarkdown(content)
  const rows = await act.tx
    .selectFrom("attachments as f")
    .innerJoin("messages as g", "g.id", "f.messageId")
    .select("f.id")
    .where("f.id", "in", shown)
    .where("g.ticketId", "=", ticketId)
    .$if(!isInternal, (q) => q.where("g.isInternal", "=", false))
    .execute()
  return renderMarkdown(content, new Set([...rows.map(({ id }) => id), ...attachmentIds]))
}
