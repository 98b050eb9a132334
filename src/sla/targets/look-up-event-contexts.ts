// What is to be known beside an event of the log to say what it means for deadlines.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { EventKind, LoggedEvent } from "#event-log/index.ts"
import type { EventContext } from "./target-facts-from-events.ts"
import type { TrackedTicket } from "./ticket-facts-for-targets.ts"

/** Those that begin a cycle. */
export const openingKinds: EventKind[] = ["ticket.created", "ticket.reopened"]

/** At most two look-ups for all of the events, and none when no ticket begins or comes back. */
export async function contextsOf(
  act: Act,
  events: readonly LoggedEvent[],
): Promise<(event: LoggedEvent, ticket: TrackedTicket) => EventContext> {
  const opening = events.filter(({ kind }) => openingKinds.includes(kind))
  const cycles = await cyclesBegun(
    act,
    opening.map(({ id }) => id),
  )
  const customers = await customersAmong(
    act,
    events.flatMap(({ kind, actorId }) => (kind === "ticket.reopened" ? (actorId ?? []) : [])),
  )
  const isCustomer = (id: string) => customers.has(id)
  return (event, ticket) => ({ ticket, cycle: cycles.get(event.id) ?? 1, isCustomer })
}

/** The cycle that each of these events began: the ticket's own, less those that began since. */
async function cyclesBegun(act: Act, eventIds: number[]): Promise<Map<number, number>> {
  if (eventIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; cycle: number }>`
    select e.id, t.cycle - (select count(*) from events later
      where later.ticket_id = t.id and later.id > e.id and later.kind = 'ticket.reopened')::int as cycle
    from events e join tickets t on t.id = e.ticket_id where e.id = any(${eventIds}::bigint[])`.execute(act.tx)
  return new Map(rows.map(({ id, cycle }) => [id, cycle]))
}

/** Of these accounts, the customers'. */
async function customersAmong(act: Act, userIds: string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set()
  const rows = await act.tx
    .selectFrom("users")
    .select("id")
    .where("id", "in", [...new Set(userIds)])
    .where("role", "=", "user")
    .execute()
  return new Set(rows.map(({ id }) => id))
}
