// What is asked of tickets to choose their policies, and what is to be known to tell their people.
import { sql } from "kysely"
import { type TicketFacts, ticketFactColumns } from "#conditions/index.ts"
import type { Act } from "#kernel/act.ts"

export type TrackedTicket = {
  id: string
  kind: "support" | "conversation"
  priority: string
  active: boolean
  mergedInto: string | null
  assigneeId: string | null
  teamId: string | null
  firstResponseAt: Date | null
}

/** Of the kinds that have an SLA. */
export async function trackedTickets(act: Act, ids: string[]): Promise<Map<string, TrackedTicket>> {
  const { rows } = await sql<TrackedTicket>`
    select id, kind, priority, active, merged_into, assignee_id, team_id, first_response_at from tickets
    where id = any(${ids}::text[]) and kind in ('support', 'conversation')`.execute(act.tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function factsOfTickets(act: Act, ids: string[]): Promise<Map<string, TicketFacts>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<TicketFacts>`
    select ${sql.raw(ticketFactColumns)} from tickets t left join contacts c on c.id = t.contact_id
    where t.id = any(${ids}::text[])`.execute(act.tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The cycle that each of these events began: the ticket's own, less those that began since. */
export async function cyclesBegun(act: Act, eventIds: number[]): Promise<Map<number, number>> {
  if (eventIds.length === 0) return new Map()
  const { rows } = await sql<{ id: number; cycle: number }>`
    select e.id, t.cycle - (select count(*) from events later
      where later.ticket_id = t.id and later.id > e.id and later.kind = 'ticket.reopened')::int as cycle
    from events e join tickets t on t.id = e.ticket_id where e.id = any(${eventIds}::bigint[])`.execute(act.tx)
  return new Map(rows.map(({ id, cycle }) => [id, cycle]))
}

/** Of these accounts, the customers'. */
export async function customersAmong(act: Act, userIds: string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set()
  const rows = await act.tx
    .selectFrom("users")
    .select("id")
    .where("id", "in", [...new Set(userIds)])
    .where("role", "=", "user")
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The tickets that were merged into these, however deep, with what they lead to. */
export async function mergedInto(act: Act, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; root: string }>`
    with recursive led (id, root) as (
      select id, id from unnest(${ids}::text[]) as roots (id)
      union select t.id, led.root from led join tickets t on t.merged_into = led.id)
    select id, root from led where id <> root`.execute(act.tx)
  return new Map(rows.map(({ id, root }) => [id, root]))
}
