// The tickets that a message may land on: of each thread the active one or the latest, and those whose span of messages
// encloses a message's own time.
import { type Statement, statement } from "#kernel/db.ts"
import type { TicketKind } from "../lifecycle/lifecycle-table.ts"
import { rootSql } from "../merge/ticket-holding-thread.ts"

/** What decides which ticket it is. */
export type ThreadTicket = {
  id: string
  number: string
  threadKey: string | null
  kind: string
  status: string
  active: boolean
  assigneeId: string | null
  campaignShipmentId: string | null
  updatedAt: Date
  closedAt: Date | null
  firstMessageAt: Date | null
  lastMessageAt: Date | null
  mergedInto: string | null
  /** The longest window among the ticket's categories that override it; null when none does, and while it is active. */
  categoryWindowMinutes: number | null
}

/**
 * Where a thread's tickets are: by its key, and since a merge also by the key, and the id, of the ticket that it leads to.
 * `times`: the own times of the messages that come.
 */
export type ThreadPlace = { threadKeys: string[]; ticketId: string | null; times: Date[] }

const columns = `t.id, t.number, t.thread_key as "threadKey", t.kind, t.status, t.active, t.assignee_id as "assigneeId",
  t.campaign_shipment_id as "campaignShipmentId", t.updated_at as "updatedAt", t.closed_at as "closedAt",
  t.first_message_at as "firstMessageAt", t.last_message_at as "lastMessageAt", t.merged_into as "mergedInto",
  case when not t.active then (select max(g.reopen_window_minutes) from ticket_categories tc
    join categories g on g.id = tc.category_id where tc.ticket_id = t.id) end as "categoryWindowMinutes"`

// Each look goes by an index, whatever the planner thinks of sizes.
const ofPlace = `(select * from tickets where thread_key = any(p."threadKeys") and merged_into is null
  union all select * from tickets where id = p."ticketId" and merged_into is null) t`

/** Gives `ThreadTicket` rows of all these places, and of `ticketIds` too; locked in the order that everybody keeps. */
export function threadTicketsStatement(
  places: readonly ThreadPlace[],
  ticketIds: readonly string[],
  { isLocking }: { isLocking: boolean },
): Statement {
  return statement(
    isLocking ? "lock-thread-tickets" : "thread-tickets",
    (p) => `with places as materialized (select * from json_to_recordset(${p(JSON.stringify(places))}::json)
        as p ("threadKeys" text[], "ticketId" text, times timestamptz[])),
      latest as materialized (
        select p.*, l.id, l.active from places p cross join lateral (
          select t.id, t.active from ${ofPlace} order by t.active desc, t.updated_at desc, t.id desc limit 1) l),
      found as materialized (
        select id from latest
        union select e.id from latest p cross join unnest(p.times) at cross join lateral (
          select t.id from ${ofPlace} where not t.active and at between t.first_message_at and t.last_message_at
          order by t.updated_at desc, t.id desc limit 1) e where not p.active
        union select unnest(${p(ticketIds)}::text[]))
      select ${columns} from tickets t where t.id = any(array(select id from found))
      order by t.id ${isLocking ? "for update of t" : ""}`,
  )
}

/** A thread that leads to a ticket which is not of the thread, since a merge, or to what followed that one since it was closed. */
export type LedThread = { threadKey: string; ticketId: string; rootKey: string | null }

/**
 * SQL: the newest ticket of these kinds with which the customer of a closed one `t` went on, where it is now. It is active, or
 * the younger one: hence there are no circles, however people link.
 */
export const followUpSql = (kinds: readonly TicketKind[]) => `select r.id from ticket_links l
  cross join lateral (select ${rootSql("l.to_id")} as id offset 0) u join tickets r on r.id = u.id
  where l.from_id = t.id and l.type = 'follow_up' and r.kind = any('{${kinds.join(",")}}') and r.contact_id = t.contact_id
    and (r.active or r.created_at > t.created_at)
  order by l.created_at desc, r.id desc limit 1`

/** Of these threads those that a merge or an alias leads elsewhere, and where to: never by a link alone to another thread's conversation. */
export function ledThreadsStatement(threadKeys: readonly string[]): Statement {
  return statement(
    "led-threads",
    (p) => `with recursive step (key, contact, id, target) as (
        select t.thread_key, t.contact_id, t.id, t.merged_into from tickets t
          where t.thread_key = any(${p(threadKeys)}::text[]) and t.merged_into is not null
        union all select a.thread_key, t.contact_id, null, t.id from thread_aliases a join tickets t on t.id = a.ticket_id
          where a.thread_key = any(${p(threadKeys)}::text[])
        union all select s.key, s.contact, t.id, coalesce(t.merged_into, f.id) from step s join tickets t on t.id = s.target
          left join lateral (${followUpSql(["support"])}) f
            on t.kind = 'support' and t.status = 'closed' and t.merged_into is null and t.contact_id = s.contact)
      select s.key as "threadKey", s.id as "ticketId", t.thread_key as "rootKey"
      from step s join tickets t on t.id = s.id where s.target is null`,
  )
}
