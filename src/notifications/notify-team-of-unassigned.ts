// Of a new ticket for which Hilo found no agent those of its team are notified who are there.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { LoggedEvent } from "#event-log/index.ts"
import type { NewNotification } from "./notification-store.ts"

/** Of more that nobody has, nobody needs to know one by one: the view of unassigned tickets has them all. */
const mostUnread = 20

type Recipient = { eventId: number; userId: string; messageId: string | null; contactId: string | null }

/** One for each of the team who is there, except who wrote the ticket down; none once somebody has it. */
export async function unassignedNotifications(act: Act, events: LoggedEvent[]): Promise<NewNotification[]> {
  const causes = events.flatMap((event) => {
    const isRouted = leavesUnassigned(event)
    return isRouted || begins(event) ? [{ eventId: event.id, ticketId: event.ticketId, isRouted }] : []
  })
  if (causes.length === 0) return []
  const byEvent = new Map(events.map((event) => [event.id, event]))
  return (await recipientsOf(act, causes)).map(({ eventId, userId, messageId, contactId }) => {
    const { ticketId, at } = byEvent.get(eventId)!
    const by = { byKind: contactId === null ? "system" : "contact", byId: contactId }
    const about = { ticketId: ticketId!, messageId, ...by, eventId, createdAt: at }
    return { id: newId("ntf"), kind: "new_unassigned", userId, ...about }
  })
}

/** Hilo looked for an agent and found none, whether or not it found a team. */
const leavesUnassigned = ({ kind, actorKind, data }: LoggedEvent) =>
  kind === "ticket.routed" || (kind === "ticket.assigned" && actorKind === "system" && data["agentId"] === null)

/** One of the past begins once its customer writes. */
const begins = ({ kind, data }: LoggedEvent) =>
  (kind === "ticket.created" && data["silent"] !== true) ||
  kind === "ticket.reopened" ||
  (kind === "ticket.freed" && data["awoken"] === true)

type Cause = { eventId: number; ticketId: string | null; isRouted: boolean }

/** Where a team takes such tickets by itself, Hilo looks for an agent first. The newest first, as many as each has room for. */
async function recipientsOf(act: Act, causes: Cause[]): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    with fresh as materialized (
      select e."eventId", t.id, t.team_id, t.contact_id, t.created_by_id
      from json_to_recordset(${JSON.stringify(causes)}::json) as e ("eventId" bigint, "ticketId" text, "isRouted" boolean)
        cross join lateral (select * from tickets where id = e."ticketId" offset 0) t
      where t.active and t.assignee_id is null and t.kind in ('conversation', 'support') and (e."isRouted"
        or not exists (select from teams where auto_assign && array[t.kind, concat_ws(':', t.kind, t.channel)]))
    ), there as materialized (
      select u.id, member.team_id, (select count(*) from (select from notifications n where n.user_id = u.id
        and n.read_at is null and n.kind = 'new_unassigned' limit ${mostUnread}) few) as unread
      from (select distinct team_id from fresh) team join team_members member using (team_id)
        join users u on u.id = member.user_id join presence p on p.user_id = u.id
      where presence_at(p.status, p.chosen_at, p.connected_until, ${act.now}) in ('online', 'busy')
    )
    select "eventId", "userId", "contactId", (select m.id from messages m where m.ticket_id = ranked.ticket_id
        and m.direction = 'in' and m.kind = 'message' order by m.position desc limit 1) as "messageId"
    from (select f."eventId", f.id as ticket_id, there.id as "userId", f.contact_id as "contactId", there.unread,
        row_number() over (partition by there.id order by f."eventId" desc) as n
      from fresh f join there using (team_id) where there.id is distinct from f.created_by_id) ranked
    where unread + n <= ${mostUnread} order by "eventId", "userId"`.execute(act.tx)
  return rows
}

/** Of these tickets, those that are somebody's now or have ended concern nobody else any more; one id for each user, for their bell. */
export async function markUnassignedRead(act: Act, ticketIds: string[]): Promise<{ id: string; userId: string }[]> {
  if (ticketIds.length === 0) return []
  const read = await sql<{ id: string; userId: string }>`with read as (
      update notifications n set read_at = ${act.now} from tickets t
      where n.ticket_id = any(${[...new Set(ticketIds)]}::text[]) and n.kind = 'new_unassigned' and n.read_at is null
        and t.id = n.ticket_id and (t.assignee_id is not null or not t.active)
      returning n.id, n.user_id)
    select min(id) as id, user_id from read group by user_id`.execute(act.tx)
  return read.rows
}
