// Tickets whose policy and deadlines are to be looked at again, one row each: what asks for the same twice is done once.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"

export const slaTopic = "sla"

/** More at once are queued in bulk. */
const fewTickets = 200
const isInBulk = sql`count(*) over () > ${sql.lit(fewTickets)}`

/** Does anything run under it? Looked for among all that runs, which is little beside what has ended. */
export async function isInUse(act: Act, policyId: string): Promise<boolean> {
  const { rows } = await sql`
    select from sla_targets where policy_id = ${policyId} and ended_at is null order by counted_on limit 1`.execute(
    act.tx,
  )
  return rows.length > 0
}

/** Those under a policy that was removed get its heir; null: the policy whose conditions hold, and another id than of a policy: none. */
export async function queueTicketsOfPolicy(act: Act, policyId: string, heirId: string | null): Promise<void> {
  await sql`
    insert into sla_recomputations (ticket_id, is_quiet, heir_id, queued_at, in_bulk)
    select ticket_id, true, ${heirId}::text, ${act.now}::timestamptz, ${isInBulk} from sla_targets
    where policy_id = ${policyId} and ended_at is null group by ticket_id
    on conflict (ticket_id) do update set heir_id = excluded.heir_id`.execute(act.tx)
  wakeAfter(act.tx, slaTopic)
}

/** A calendar has changed: all that runs in it. */
export async function queueTicketsInCalendar(act: Act, calendarId: string): Promise<void> {
  await sql`
    insert into sla_recomputations (ticket_id, is_quiet, queued_at, in_bulk)
    select ticket_id, true, ${act.now}::timestamptz, ${isInBulk} from sla_targets
    where calendar_id = ${calendarId} and ended_at is null group by ticket_id
    on conflict do nothing`.execute(act.tx)
}

/** A policy was made or changed: every open ticket may be under another one. */
export async function queueOpenTickets(act: Act): Promise<void> {
  await sql`
    insert into sla_recomputations (ticket_id, is_quiet, queued_at, in_bulk)
    select id, true, ${act.now}::timestamptz, ${isInBulk} from (
      select id from tickets where phase in ('new', 'active', 'waiting') and kind in ('support', 'conversation')
      union select ticket_id from sla_targets where ended_at is null) open
    on conflict do nothing`.execute(act.tx)
}

/** These were changed by somebody: people are notified of what that makes overdue. */
export async function queueTickets(act: Act, ticketIds: string[]): Promise<void> {
  if (ticketIds.length === 0) return
  await sql`
    insert into sla_recomputations (ticket_id, is_quiet, queued_at)
    select distinct id, false, ${act.now}::timestamptz from unnest(${ticketIds}::text[]) as changed (id)
    on conflict (ticket_id) do update set is_quiet = false`.execute(act.tx)
}

/** The open tickets of these customers. */
export async function queueTicketsOfContacts(act: Act, contactIds: string[]): Promise<void> {
  if (contactIds.length === 0) return
  await sql`
    insert into sla_recomputations (ticket_id, is_quiet, queued_at)
    select id, false, ${act.now}::timestamptz from tickets
    where contact_id = any(${contactIds}::text[]) and active and kind in ('support', 'conversation')
    on conflict (ticket_id) do update set is_quiet = false`.execute(act.tx)
}

/** `countedOn`: the tickets on which its targets run. */
export type Recomputation = {
  ticketId: string
  isQuiet: boolean
  inBulk: boolean
  /** Deadlines of others that were queued in bulk have moved. */
  hasMoved: boolean
  heirId: string | null
  countedOn: string[]
}

/** The next in the queue, held. */
export async function nextRecomputations(act: Act, most: number): Promise<Recomputation[]> {
  const { rows } = await sql<Recomputation>`
    select q.ticket_id, q.is_quiet, q.in_bulk, q.has_moved, q.heir_id,
      array(select distinct counted_on from sla_targets where ticket_id = q.ticket_id and ended_at is null) as counted_on
    from sla_recomputations q order by q.queued_at, q.ticket_id limit ${most} for update of q skip locked`.execute(
    act.tx,
  )
  return rows
}

export async function dropRecomputations(act: Act, ticketIds: string[]): Promise<void> {
  await sql`delete from sla_recomputations where ticket_id = any(${ticketIds}::text[])`.execute(act.tx)
}

/** Of what was queued in bulk the last; undefined when nothing of it is left. */
export async function lastInBulk(act: Act): Promise<{ id: string; hasMoved: boolean } | undefined> {
  const { rows } = await sql<{ id: string; hasMoved: boolean }>`
    select ticket_id as id, has_moved from sla_recomputations where in_bulk order by queued_at desc, ticket_id desc limit 1`.execute(
    act.tx,
  )
  return rows[0]
}

/** Remembered there until that one is done. */
export async function markBulkMoved(act: Act, lastId: string): Promise<void> {
  await sql`update sla_recomputations set has_moved = true where ticket_id = ${lastId}`.execute(act.tx)
}
