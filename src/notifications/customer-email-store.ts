import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { exchangedWithSql, type MailedCustomer, mailedCustomerJoin } from "#tickets/index.ts"
import { type Language, supportedLanguage } from "#texts/languages-and-text-ids.ts"
import type { CustomerEmail } from "./customer-email-text.ts"
import { type HeldAnswer, saidEmailJoin } from "./mail-unread-chat-answers.ts"

export type NewCustomerEmail = {
  eventId: number
  ticketId: string
  messageId: string | null
  actorId: string | null
  dueAt: Date
}

/** Keeps what is for somebody outside: not what they did themselves, nor what their own channel brings them. */
export async function insertCustomerEmails(act: Act, rows: NewCustomerEmail[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into customer_emails (event_id, ticket_id, message_id, due_at)
    select r."eventId", r."ticketId", r."messageId", r."dueAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("eventId" bigint, "ticketId" text, "messageId" text,
      "actorId" text, "dueAt" timestamptz)
      join tickets t on t.id = r."ticketId"
    where t.contact_id is not null and (t.kind = 'support' and t.connection_id is null
        and (r."messageId" is null or exists (select from messages m where m.id = r."messageId"))
      or exists (select from messages m ${sql.raw(saidEmailJoin("m"))} where m.id = r."messageId"))
      and not exists (select from users u where u.id = r."actorId" and u.role = 'user')
    on conflict do nothing`.execute(act.tx)
}

export type DueCustomerEmails = {
  ticketId: string
  /** With the event for which the first mail about the message was due. */
  messages: { id: string; eventId: number }[]
  hasEnded: boolean
}

export async function hasDueCustomerEmails(db: Database, now: Date): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from customer_emails where due_at <= ${now}) as some`.execute(db.kysely)
  return rows[0]?.some ?? false
}

/** Claims the e-mails of tickets whose first is due, with those added since. */
export async function takeDueCustomerEmails(act: Act, most: number): Promise<DueCustomerEmails[]> {
  const { rows } = await sql<DueCustomerEmails>`with taken as (delete from customer_emails
      where ticket_id in (select ticket_id from customer_emails where due_at <= ${act.now}
        group by ticket_id order by min(due_at) limit ${most})
      returning event_id, ticket_id, message_id)
    select ticket_id, bool_or(message_id is null) as has_ended,
      coalesce(json_agg(json_build_object('id', message_id, 'eventId', event_id)) filter (where message_id is not null), '[]')
        as messages from taken group by ticket_id`.execute(act.tx)
  return rows
}

/** Puts back what was taken, to be mailed later. */
export async function putBackHeldAnswers(
  act: Act,
  taken: readonly DueCustomerEmails[],
  held: readonly HeldAnswer[],
): Promise<void> {
  const dueAt = new Map(held.map((one) => [one.messageId, one.dueAt]))
  const rows = taken.flatMap(({ ticketId, messages }) =>
    messages.flatMap(({ id, eventId }) =>
      dueAt.has(id) ? { eventId, ticketId, messageId: id, dueAt: dueAt.get(id) } : [],
    ),
  )
  if (rows.length === 0) return
  await sql`insert into customer_emails (event_id, ticket_id, message_id, due_at)
    select r."eventId", r."ticketId", r."messageId", r."dueAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("eventId" bigint, "ticketId" text, "messageId" text,
      "dueAt" timestamptz)`.execute(act.tx)
}

const theirs = { contact: "s.contact_id", contacts: "s.contact_ids", identities: "s.identity_ids" }

type AddressedEmail = CustomerEmail & MailedCustomer & { email: string; language: Language | null }

/**
 * For each customer who can be mailed what is for them: what was exchanged with them, by the number that they know, and the
 * end of their own ticket. As it is now: a reply that became a note, an end that was taken back are not mailed.
 */
export async function pendingCustomerEmails(
  act: Act,
  { ticketId, messages, hasEnded }: DueCustomerEmails,
): Promise<AddressedEmail[]> {
  const messageIds = messages.map(({ id }) => id)
  const { rows } = await sql<Omit<AddressedEmail, "language"> & { language: string | null }>`
    select o.number, o.subject, o.resolution,
      case when ${hasEnded} and o.id = t.id and t.merged_into is null and not t.active then t.status end as ended,
      s.value as email, s.is_given, s.is_quotable, coalesce(u.language, a.language, c.language) as language,
      coalesce((select json_agg(json_build_object('name', w.name, 'content', m.content, 'files', array(
            select f.file_name from attachments f where f.message_id = m.id order by f.ordinal, f.created_at, f.id))
          order by m.position)
        from messages m left join users w on m.sender_kind = 'user' and w.id = m.sender_id
        where m.id = any(${messageIds}::text[]) and ${sql.raw(exchangedWithSql(theirs, "m"))}), '[]') as replies
    from tickets t join contacts c on not c.blocked and not c.is_group and c.id in (
        select t.contact_id union select coalesce(k.merged_into, k.id) from messages m join contacts k on k.id = m.contact_id
        where m.id = any(${messageIds}::text[]))
      join lateral (select * from tickets s where s.contact_id = c.id and (s.id = t.id or s.merged_into = t.id)
        order by s.id = t.id desc, s.id limit 1) o on true
      ${sql.raw(mailedCustomerJoin("o", "c"))}
    where t.id = ${ticketId} and t.connection_id is null`.execute(act.tx)
  return rows.map((row) => ({ ...row, language: supportedLanguage(row.language) }))
}
