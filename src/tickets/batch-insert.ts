// Many conversations at once: which are active, those that begin, and what many messages change.
import { type Statement, statement } from "#kernel/db.ts"
import type { NewTicket } from "./creation/insert-ticket.ts"

/** Locks the active tickets of these threads, in the order that everybody keeps. Gives `id` and `threadKey`. */
export function lockActiveStatement(threadKeys: readonly string[]): Statement {
  return statement(
    "lock-active",
    (p) => `select id, thread_key as "threadKey" from tickets
      where thread_key = any(${p(threadKeys)}::text[]) and active order by thread_key for update`,
  )
}

/** Which of these threads ever had a ticket. Gives `threadKey`. */
export function threadsWithHistoryStatement(threadKeys: readonly string[]): Statement {
  return statement(
    "threads-with-history",
    (p) => `select distinct thread_key as "threadKey" from tickets where thread_key = any(${p(threadKeys)}::text[])`,
  )
}

/** What several messages together tell of a ticket. */
export type MessageSpan = { messages: number; unread: number; firstAt: Date; lastAt: Date }

/** Makes tickets, each with its number from the sequence. Gives the `id` of those whose thread had no active one. */
export function insertTicketsStatement(tickets: readonly (NewTicket & { span: MessageSpan })[], now: Date): Statement {
  const rows = tickets.map(({ span, now: _now, message: _message, ...t }) => ({
    ...t,
    ...span,
    isClosed: t.status === "closed",
  }))
  return statement("insert-tickets", (p) => {
    const from = `json_to_recordset(${p(JSON.stringify(rows))}::json) as r (${ticketRecord})`
    return `${insertTicketsSql(`${p(now)}::timestamptz`, from)}
      order by r."threadKey" on conflict (thread_key) where active do nothing returning id`
  })
}

/** The columns of a new ticket as JSON has them. */
export const ticketRecord = `id text, kind text, "threadKey" text, status text,
  channel text, "contactId" text, "connectionId" text, "isGroup" boolean, "assigneeId" text, "teamId" text,
  "campaignShipmentId" text, unread int, messages int, "firstAt" timestamptz, "lastAt" timestamptz,
  "isClosed" boolean, "createdByKind" text, "createdById" text`

/** The insert of tickets as part of a larger statement. `from` has the columns above. */
export const insertTicketsSql = (
  at: string,
  from: string,
) => `insert into tickets (id, kind, thread_key, status, channel, contact_id, connection_id, is_group, assignee_id, team_id,
    campaign_shipment_id, unread_messages, message_count, first_message_at, last_message_at,
    resolved_at, closed_at, created_by_kind, created_by_id, created_at, updated_at)
  select r.id, r.kind, r."threadKey", r.status, r.channel, r."contactId", r."connectionId", r."isGroup", r."assigneeId",
    coalesce(r."teamId", (select id from teams where is_default)), r."campaignShipmentId", r.unread, r.messages,
    r."firstAt", r."lastAt", case when r."isClosed" then ${at} end, case when r."isClosed" then ${at} end,
    r."createdByKind", r."createdById", ${at}, ${at} from ${from}`

/** The update of tickets by what contacts wrote, as part of a larger statement: `from` has the columns of `Span` and `id`. */
export const batchTotalsSql = (now: string, from: string) => `update tickets t set
    unread_messages = t.unread_messages + s.unread, message_count = t.message_count + s.messages,
    last_message_at = case when t.message_count = 0 then s."lastAt" else greatest(t.last_message_at, s."lastAt") end,
    first_message_at = least(t.first_message_at, s."firstAt"), snoozed_until = null,
    updated_at = greatest(t.updated_at, ${now})
  from ${from} where t.id = s.id`

/** Notes on tickets what contacts wrote. As for a single message, times only move outwards. */
export function batchTotalsStatement(touched: readonly (MessageSpan & { id: string })[], now: Date): Statement {
  return statement("touch-all", (p) =>
    batchTotalsSql(
      `${p(now)}::timestamptz`,
      `json_to_recordset(${p(JSON.stringify(touched))}::json) as s (id text, messages int, unread int,
        "firstAt" timestamptz, "lastAt" timestamptz)`,
    ),
  )
}
