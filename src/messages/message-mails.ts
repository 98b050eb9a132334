// What the mail of a message says beside its text.
import { sql } from "kysely"
import {
  boundedMailIds,
  type ChannelMail,
  type MailAddress,
  type OutgoingMail,
  type SentMail,
} from "#channels/index.ts"
import type { Act } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { type Database, statement } from "#kernel/db.ts"
import { isTakenOutSql } from "./writers-of-mails.ts"

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
  /** The message whose mail stands below this one. */
  quotedId?: string | null
  /** Null: we sent it. */
  writerRole: "requester" | "follower" | "stranger" | null
  /** Left out: it is not. */
  isSilent?: boolean
}

const record = `"messageId" text, "threadId" text, "mailId" text, subject text, sender jsonb, "replyTo" jsonb, recipients jsonb,
  "inReplyTo" text[], "referenceIds" text[], "writerRole" text, automatic text, auth text, "claimsToBeUs" boolean, html text,
  "foldedFrom" int, "quotedFrom" int, "rawSha256" text, "isSilent" boolean, "quotedId" text`

/** Of the mails before it the first and the last are kept, or a thread's mails would name more with each answer. */
export async function insertMessageMails(run: RunStatement, mails: readonly MessageMail[]): Promise<void> {
  if (mails.length === 0) return
  const rows = mails.map((mail) => ({ ...mail, referenceIds: boundedMailIds(mail.referenceIds) }))
  await run(
    statement(
      `insert-message-mails-${countWord(rows)}`,
      (
        p,
      ) => `insert into message_mails (message_id, thread_id, mail_id, subject, sender, reply_to, recipients, in_reply_to, reference_ids,
          writer_role, automatic, auth, claims_to_be_us, html, folded_from, quoted_from, raw_sha256, is_silent, quoted_id)
        select r."messageId", r."threadId", r."mailId", r.subject, r.sender, r."replyTo", r.recipients, r."inReplyTo", r."referenceIds",
          r."writerRole", r.automatic, r.auth, r."claimsToBeUs", r.html, r."foldedFrom", r."quotedFrom", r."rawSha256",
          coalesce(r."isSilent", false), r."quotedId"
        from ${rowsSql(p, rows, record)}`,
    ),
  )
}

export type AnsweredMail = Pick<MessageMail, "threadId" | "subject" | "recipients"> & {
  messageId: string
  sender: MailAddress
  replyTo: MailAddress[]
  /** The mails before an answer, the oldest first. */
  references: string[]
  /** False: its writer was taken out, and gets nothing. */
  takesPart: boolean
}

// Who came into a thread by a token and takes no part in it, or was taken out of it, gets nothing.
const writerTakesPart = sql`s.writer_role <> 'stranger' and not exists (select from mail_participants k
    where k.thread_id = s.thread_id and k.address = s.sender ->> 'address' and ${sql.raw(isTakenOutSql("k"))})`

/** SQL that is true of a mail of ours that was forwarded to somebody else: it names none before it, and all below its note is folded. */
export const isForwardSql = (w: string): string =>
  `(${w}.writer_role is null and ${w}.reference_ids = '{}' and ${w}.folded_from is not null)`

/** The columns of a mail that an answer goes by, of the last one that fits. */
const lastMail = (ticketId: string, columns: string, where: ReturnType<typeof sql>, order = "") => sql`(
  select s.message_id, s.thread_id, s.subject, ${sql.raw(columns)}
  from message_mails s join messages m on m.id = s.message_id
  where m.ticket_id = ${ticketId} and m.kind = 'message' and ${where} order by ${sql.raw(order)} m.position desc limit 1)`

const asItCame = "s.sender, s.reply_to, s.recipients"
// As if whom we wrote to had sent it to us and those in copy.
const turnedAround = `jsonb_path_query_first(s.recipients, '$[*] ? (@.role == "to")') as sender,
  jsonb_path_query_array(s.recipients, '$[*] ? (@.role == "to")') as reply_to,
  s.recipients || (s.sender || '{"role": "to"}') as recipients`

/**
 * What an answer on a ticket goes by (a mail that was forwarded somebody else has, and one that was taken back nobody): whom the last mail
 * of somebody who takes part came from and went to, or of somebody who was taken out where all were, or ours where we began and nobody has
 * answered; and all that the last mail of either side names. Null where there is no mail.
 */
export async function mailToAnswer(from: Database["kysely"], ticketId: string): Promise<AnsweredMail | null> {
  const written = (where: ReturnType<typeof sql>) => lastMail(ticketId, asItCame, sql`m.direction = 'in' and ${where}`)
  const isOurs = sql`m.direction = 'out' and s.writer_role is null and not ${sql.raw(isForwardSql("s"))}`
  const ours = lastMail(ticketId, turnedAround, isOurs, "m.delivery_reason is not distinct from 'cancelled',")
  const { rows } = await sql<AnsweredMail>`
    select w.message_id, w.thread_id, w.subject, w.sender, w.reply_to, w.recipients, w.place <> 2 as takes_part,
      coalesce(case when l.reference_ids = '{}' then l.in_reply_to[1:1] else l.reference_ids end
        || case when l.writer_role is null then array_remove(array[l.message_id, l.mail_id], null)
          else array[coalesce(l.mail_id, l.message_id)] end, '{}') as "references"
    from (select 1 as place, a.* from ${written(writerTakesPart)} a
        union all select 2, b.* from ${written(sql`s.writer_role <> 'stranger'`)} b
        union all select 3, c.* from ${ours} c order by place limit 1) w
      left join (select s.* from message_mails s join messages m on m.id = s.message_id
        where m.ticket_id = ${ticketId} and m.kind = 'message' and coalesce(s.writer_role, '') <> 'stranger'
          and m.delivery_reason is distinct from 'cancelled' and not ${sql.raw(isForwardSql("s"))}
        order by m.position desc limit 1) l on true`.execute(from)
  return rows[0] ?? null
}

/** Of these messages, those that leave as mails. */
export async function mailsToSend(db: Database, messageIds: readonly string[]): Promise<Map<string, OutgoingMail>> {
  const { rows } = await sql<Omit<OutgoingMail, "quoted"> & { messageId: string } & QuotedColumns>`
    select w.message_id, w.thread_id, w.subject, w.sender, w.recipients, w.reference_ids as "references", w.folded_from,
      q.sent_at as quoted_at, left(q.content, coalesce(v.folded_from, length(q.content))) as quoted_text, v.sender as quoted_from
    from message_mails w left join messages q on q.id = w.quoted_id and not q.is_internal
      left join message_mails v on v.message_id = q.id
    where w.message_id = any(${messageIds}::text[])`.execute(db.kysely)
  return new Map(
    rows.map(({ messageId, quotedAt: at, quotedText: text, quotedFrom: from, ...mail }) => [
      messageId,
      { ...mail, quoted: at === null || text === null || from === null ? null : { at, text, from } },
    ]),
  )
}

type QuotedColumns = { quotedAt: Date | null; quotedText: string | null; quotedFrom: MailAddress | null }

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

/** Of which threads, and of which mailboxes, the mails on a ticket are: each once, however many mails there are. */
export function mailThreadsOfTicket(
  run: RunStatement,
  ticketId: string,
): Promise<{ threadId: string; connectionId: string | null }[]> {
  return run(
    statement(
      "mail-threads-of-ticket",
      (p) => `select distinct w.thread_id as "threadId", m.connection_id as "connectionId"
        from messages m join message_mails w on w.message_id = m.id where m.ticket_id = ${p(ticketId)} order by 1, 2`,
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

/**
 * Whom the mail did not reach, as its server said or another one later, and the id that the server gave it instead of ours: what answers it
 * may name that one.
 */
export async function saveSentMail(act: Act, messageId: string, { refused, mailId }: SentMail): Promise<void> {
  const reasons = Object.fromEntries(refused.map(({ address, why }) => [address, why]))
  await sql`update message_mails set mail_id = coalesce(${mailId}, mail_id), recipients = (
      select coalesce(jsonb_agg(case when ${JSON.stringify(reasons)}::jsonb ? (r ->> 'address')
        then r || jsonb_build_object('failure', ${JSON.stringify(reasons)}::jsonb -> (r ->> 'address')) else r end order by n), '[]')
      from jsonb_array_elements(recipients) with ordinality as each_one (r, n))
    where message_id = ${messageId}`.execute(act.tx)
}

/** It is tried once more: what became of each recipient is not known any more. */
export async function clearRecipientFailures(act: Act, messageId: string): Promise<void> {
  await sql`update message_mails set recipients = (select jsonb_agg(r - 'failure' order by n)
      from jsonb_array_elements(recipients) with ordinality as each_one (r, n))
    where message_id = ${messageId} and recipients @? '$[*].failure'`.execute(act.tx)
}
