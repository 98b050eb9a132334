// What the mail of a message says beside its text.
import { sql } from "kysely"
import { boundedMailIds, type ChannelMail, type MailAddress, type OutgoingMail } from "#channels/index.ts"
import type { Act } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Database, statement } from "#kernel/db.ts"

export type MessageMail = Pick<
  ChannelMail,
  | "mailId"
  | "subject"
  | "replyTo"
  | "recipients"
  | "inReplyTo"
  | "automatic"
  | "auth"
  | "claimsToBeUs"
  | "html"
  | "foldedFrom"
  | "quotedFrom"
  | "rawSha256"
> & {
  messageId: string
  threadId: string
  sender: ChannelMail["from"]
  referenceIds: readonly string[]
  /** Null: we sent it. */
  writerRole: "requester" | "follower" | "stranger" | null
  /** Left out: it is not. */
  isSilent?: boolean
}

const record = `"messageId" text, "threadId" text, "mailId" text, subject text, sender jsonb, "replyTo" jsonb, recipients jsonb,
  "inReplyTo" text[], "referenceIds" text[], "writerRole" text, automatic text, auth text, "claimsToBeUs" boolean, html text,
  "foldedFrom" int, "quotedFrom" int, "rawSha256" text, "isSilent" boolean`

/** Of the mails before it the first and the last are kept, or a thread's mails would name more with each answer. */
export async function insertMessageMail(run: RunStatement, mail: MessageMail): Promise<void> {
  const row = { ...mail, referenceIds: boundedMailIds(mail.referenceIds) }
  await run(
    statement(
      "insert-message-mail",
      (
        p,
      ) => `insert into message_mails (message_id, thread_id, mail_id, subject, sender, reply_to, recipients, in_reply_to, reference_ids,
          writer_role, automatic, auth, claims_to_be_us, html, folded_from, quoted_from, raw_sha256, is_silent)
        select r."messageId", r."threadId", r."mailId", r.subject, r.sender, r."replyTo", r.recipients, r."inReplyTo", r."referenceIds",
          r."writerRole", r.automatic, r.auth, r."claimsToBeUs", r.html, r."foldedFrom", r."quotedFrom", r."rawSha256",
          coalesce(r."isSilent", false)
        from ${rowsSql(p, [row], record)}`,
    ),
  )
}

type AnsweredMail = Pick<MessageMail, "threadId" | "subject" | "recipients"> & {
  sender: MailAddress
  replyTo: MailAddress[]
  /** The mails before an answer, the oldest first. */
  references: string[]
}

/**
 * What an answer on a ticket goes by: whom the last mail of somebody who takes part came from and went to, and all that the last mail
 * of either side names. Null where there is no mail.
 */
export async function mailToAnswer(act: Act, ticketId: string): Promise<AnsweredMail | null> {
  const { rows } = await sql<AnsweredMail>`
    select w.thread_id, w.subject, w.sender, w.reply_to, w.recipients,
      l.reference_ids || coalesce(l.mail_id, l.message_id) as "references"
    from (select s.* from message_mails s join messages m on m.id = s.message_id
        where m.ticket_id = ${ticketId} and m.direction = 'in' and m.kind = 'message' and s.writer_role <> 'stranger'
        order by m.position desc limit 1) w,
      (select s.* from message_mails s join messages m on m.id = s.message_id
        where m.ticket_id = ${ticketId} and m.kind = 'message' and coalesce(s.writer_role, '') <> 'stranger'
        order by m.position desc limit 1) l`.execute(act.tx)
  return rows[0] ?? null
}

/** Of these messages, those that leave as mails. */
export async function mailsToSend(db: Database, messageIds: readonly string[]): Promise<Map<string, OutgoingMail>> {
  const { rows } = await sql<OutgoingMail & { messageId: string }>`
    select message_id, thread_id, subject, recipients, reference_ids as "references" from message_mails
    where message_id = any(${messageIds}::text[])`.execute(db.kysely)
  return new Map(rows.map(({ messageId, ...mail }) => [messageId, mail]))
}

/** The mails on a ticket: their ids, and of which thread they are. */
export function mailsOfTicket(
  run: RunStatement,
  ticketId: string,
): Promise<{ mailId: string | null; threadId: string }[]> {
  return run(
    statement(
      "mails-of-ticket",
      (
        p,
      ) => `select w.mail_id as "mailId", w.thread_id as "threadId" from messages m join message_mails w on w.message_id = m.id
        where m.ticket_id = ${p(ticketId)}`,
    ),
  )
}

/** The mails on a ticket are of another thread from now on. */
export async function moveMailsToThread(run: RunStatement, ticketId: string, threadId: string): Promise<void> {
  await run(
    statement(
      "move-mails-to-thread",
      (p) => `update message_mails w set thread_id = ${p(threadId)} from messages m
        where m.id = w.message_id and m.ticket_id = ${p(ticketId)}`,
    ),
  )
}
