// Many conversations at once: which are active, those that begin, and what many messages change.
import { type Statement, statement } from "#kernel/db.ts"
import type { NewTicket } from "./creation/insert-ticket.ts"

/**
 * What several messages together do to a ticket. `isRead`: we wrote, and what was unread before is no longer; `unread`: what
 * came after that. `wakes`: from being snoozed. `touches`: it counts as a change.
 */
export type MessageSpan = {
  messages: number
  isRead: boolean
  unread: number
  wakes: boolean
  touches: boolean
  campaignShipmentId: string | null
  firstAt: Date
  lastAt: Date
}

/** Makes tickets, each with its number from the sequence. Gives the `id` of those whose thread had no active one. */
export function insertTicketsStatement(tickets: readonly (NewTicket & { span: MessageSpan })[], now: Date): Statement {
  const rows = tickets.map(({ span, now: _now, message: _message, ...t }) => ({
    ...t,
    ...span,
    campaignShipmentId: span.campaignShipmentId ?? t.campaignShipmentId,
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

/** The update of tickets by what was written on them, as part of a larger statement: `from` has the columns below, and `id`. */
export const batchTotalsSql = (now: string, from: string) => `update tickets t set
    unread_messages = case when s."isRead" then 0 else t.unread_messages end + s.unread,
    message_count = t.message_count + s.messages,
    last_message_at = case when t.message_count = 0 then s."lastAt" else greatest(t.last_message_at, s."lastAt") end,
    first_message_at = least(t.first_message_at, s."firstAt"),
    snoozed_until = case when s.wakes then null else t.snoozed_until end,
    updated_at = case when s.touches then greatest(t.updated_at, ${now}) else t.updated_at end,
    campaign_shipment_id = coalesce(s."campaignShipmentId", t.campaign_shipment_id)
  from ${from} where t.id = s.id`

/** Notes on tickets what was written. As for a single message, times only move outwards. */
export function batchTotalsStatement(touched: readonly (MessageSpan & { id: string })[], now: Date): Statement {
  return statement("touch-all", (p) =>
    batchTotalsSql(
      `${p(now)}::timestamptz`,
      `json_to_recordset(${p(JSON.stringify(touched))}::json) as s (id text, messages int, "isRead" boolean, unread int,
        wakes boolean, touches boolean, "campaignShipmentId" text, "firstAt" timestamptz, "lastAt" timestamptz)`,
    ),
  )
}
