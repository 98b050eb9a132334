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
  if (events.length === 0) return []
  const causes = events.map(({ id, ticketId }) => ({ eventId: id, ticketId }))
  const recipients = await sql<Recipient>`
    select e."eventId", u.id as "userId", t.contact_id as "contactId",
      (select m.id from messages m where m.ticket_id = t.id and m.direction = 'in' and m.kind = 'message'
        order by m.position desc limit 1) as "messageId"
    from json_to_recordset(${JSON.stringify(causes)}::json) as e ("eventId" bigint, "ticketId" text)
      join tickets t on t.id = e."ticketId" and t.active and t.assignee_id is null
        and t.kind in ('conversation', 'support')
      join team_members member on member.team_id = t.team_id
      join users u on u.id = member.user_id and u.id is distinct from t.created_by_id
      join presence p on p.user_id = u.id
    where presence_at(p.status, p.chosen_at, p.connected_until, ${act.now}) in ('online', 'busy')
      and (select count(*) from (select from notifications n where n.user_id = u.id and n.read_at is null
        and n.kind = 'new_unassigned' limit ${mostUnread}) few) < ${mostUnread}
    order by e."eventId", u.id`.execute(act.tx)
  const byEvent = new Map(events.map((event) => [event.id, event]))
  return recipients.rows.map(({ eventId, userId, messageId, contactId }) => {
    const { ticketId, at } = byEvent.get(eventId)!
    const by = { byKind: contactId === null ? "system" : "contact", byId: contactId }
    return {
      id: newId("ntf"),
      kind: "new_unassigned",
      userId,
      ticketId: ticketId!,
      messageId,
      ...by,
      eventId,
      createdAt: at,
    }
  })
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
