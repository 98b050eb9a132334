// A reply that was taken back before it left has put its ticket out of sight for nothing.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { activeOf } from "../merge/ticket-holding-thread.ts"
import { transition } from "./transition.ts"
import { isActive, pathBetween, type Status } from "./lifecycle-table.ts"
import type { TicketRow } from "../ticket-row.ts"

/**
 * A locked ticket waits for its customer no more, or is taken up again, where what this user wrote at `at` put it there and nobody has moved
 * it since. It stays as it is where its thread has gone on in another ticket.
 */
export async function takeBackStatus(
  act: Act,
  ticket: TicketRow,
  { userId, at }: { userId: string | null; at: Date },
): Promise<void> {
  const { rows } = await sql<{ from: Status }>`
    select last.data ->> 'from' as "from" from (
      select e.* from events e where e.ticket_id = ${ticket.id} and e.kind in ('ticket.status_changed', 'ticket.reopened')
      order by e.id desc limit 1) last
    where last.at = ${at} and last.actor_kind in ('user', 'key') and last.actor_id = ${userId}
      and last.data ->> 'to' = ${ticket.status} and last.data ->> 'to' <> 'open'`.execute(act.tx)
  const before = rows[0]?.from
  if (before === undefined || !isActive(ticket.kind, before)) return
  const other = ticket.threadKey === null ? null : await activeOf(act.tx, ticket.threadKey)
  if (other && other.id !== ticket.id) return
  let now = ticket
  for (const to of pathBetween(ticket.kind, ticket.status, before)) now = await transition(act, now, { to })
}
