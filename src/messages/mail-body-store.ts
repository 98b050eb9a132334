// What a mail brought beside its text: its HTML with its files, and the mail as it came.
import { type Database, type Param, statement } from "#kernel/db.ts"

/** Whose messages are read: of a ticket, or of one that was merged into it, and of them those that `readable` says. */
type Scope = { ticketId: string; originId: string | null; readable: (p: Param, message: string) => string }

export type MailBody = {
  html: string | null
  /** What it says as text. */
  text: string
  rawSha256: string | null
  /** Ids of stored files by their content. */
  files: Record<string, string>
}

/** Undefined for a message that is no mail, or is not there to be read. */
export async function mailBodyOf(
  db: Database,
  { ticketId, originId, readable }: Scope,
  messageId: string,
): Promise<MailBody | undefined> {
  const rows = await db.run<MailBody>(
    statement(
      "",
      (
        p,
      ) => `select w.html, g.content as text, w.raw_sha256 as "rawSha256", coalesce((select json_object_agg(f.sha256, f.id) from attachments f
          where f.message_id = g.id and f.state = 'stored'), '{}'::json) as files
        from messages g join message_mails w on w.message_id = g.id
        where g.id = ${p(messageId)} and g.ticket_id = ${p(ticketId)} and ${readable(p, "g")}
          ${originId === null ? "" : `and g.origin_ticket_id = ${p(originId)}`}`,
    ),
  )
  return rows[0]
}
