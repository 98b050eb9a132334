import type { Param } from "#kernel/db.ts"
import type { Status, TicketKind } from "../lifecycle/table.ts"

export type NewTicket = {
  id: string
  kind: TicketKind
  threadKey: string | null
  status: Status
  channel: string
  contactId: string | null
  connectionId: string | null
  isGroup: boolean
  assigneeId: string | null
  teamId: string | null
  campaignShipmentId: string | null
  unreadMessages: number
  createdByKind: string
  createdById: string | null
  now: Date
  /** The ticket's first message, when it is created with one. */
  message: { sentAt: Date } | null
}

/**
 * The insert of a ticket as part of a larger statement. The number comes from the sequence, in the insert itself; a ticket
 * that nothing else gives a team gets the default one. `from` may hold the insert back: no row there, no ticket.
 */
export function insertTicketSql(p: Param, t: NewTicket, from = ""): string {
  const now = `${p(t.now)}::timestamptz`
  const sentAt = t.message ? `${p(t.message.sentAt)}::timestamptz` : "null"
  // A value, not a choice of text: the statement around it is prepared under one name.
  const closed = `${p(t.status === "closed" ? t.now : null)}::timestamptz`
  return `insert into tickets (id, kind, thread_key, status, channel, contact_id, connection_id, is_group, assignee_id, team_id,
      campaign_shipment_id, unread_messages, message_count, first_message_at, last_message_at,
      resolved_at, closed_at, created_by_kind, created_by_id, created_at, updated_at)
    select ${p(t.id)}, ${p(t.kind)}, ${p(t.threadKey)}, ${p(t.status)}, ${p(t.channel)}, ${p(t.contactId)}, ${p(t.connectionId)},
      ${p(t.isGroup)}::boolean, ${p(t.assigneeId)}, coalesce(${p(t.teamId)}, (select id from teams where is_default)),
      ${p(t.campaignShipmentId)}, ${p(t.unreadMessages)}::int, ${t.message ? 1 : 0}, ${sentAt}, coalesce(${sentAt}, ${now}),
      ${closed}, ${closed}, ${p(t.createdByKind)}, ${p(t.createdById)}, ${now}, ${now}
    ${from} returning *`
}
