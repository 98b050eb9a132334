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
  cycle: number
  /** It was imported, or was in a mailbox before that was connected. */
  isOfPast: boolean
}

/** Of the kinds that have an SLA. */
export async function trackedTickets(act: Act, ids: string[]): Promise<Map<string, TrackedTicket>> {
  const { rows } = await sql<TrackedTicket>`
    select id, kind, priority, active, merged_into, assignee_id, team_id, first_response_at, cycle,
      created_by_kind = 'import' or (created_by_kind = 'contact' and coalesce((select e.data ->> 'silent' = 'true' from events e
        where e.ticket_id = tickets.id order by e.id limit 1), false)) as is_of_past
    from tickets
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
