// How much an agent has on their hands, and whether there is room for one more.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { readSetting, type SettingValue } from "#settings/index.ts"
import { phaseOf, type Status, type TicketKind } from "../lifecycle/lifecycle-table.ts"

export type Weights = SettingValue<"assignment.weights">

/**
 * From here to the end of the transaction nobody else gives these agents tickets, on whatever server. Not their rows: those
 * are needed by everything that names them. In the order of their ids, so that no two who hold wait for each other.
 */
export async function lockAgents(act: Act, ids: string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agent ' || id, 0))
    from (select id from unnest(${ids}::text[]) as given (id) order by id) held`.execute(act.tx)
}

/** What each carries now. To decide by it, hold them first: only a later statement sees what was given before. */
export async function loadsOf(act: Act, ids: string[]): Promise<Map<string, number>> {
  const weights = await readSetting(act, "assignment.weights")
  const rows = await sql<{ id: string; kind: TicketKind; n: number }>`
    select assignee_id as id, kind, count(*) as n from tickets
    where assignee_id = any(${ids}::text[]) and phase in ('new', 'active') group by 1, 2`.execute(act.tx)
  const loads = new Map(ids.map((id) => [id, 0]))
  for (const { id, kind, n } of rows.rows) loads.set(id, loads.get(id)! + n * weights[kind])
  return loads
}

/** What a ticket adds to the load of the agent it is given to: nothing while it waits, or once it is over. */
export function weightOf(ticket: { kind: TicketKind; status: Status }, weights: Weights): number {
  const status = ticket.kind === "conversation" && ticket.status === "pending" ? "open" : ticket.status
  const phase = phaseOf(ticket.kind, status, true)
  return phase === "new" || phase === "active" ? weights[ticket.kind] : 0
}

/** Holds the agent and refuses (409 `at_capacity`) when the ticket would be more than they take. */
export async function refuseFullAgent(
  act: Act,
  agent: { id: string; capacity: number },
  ticket: { kind: TicketKind; status: Status },
): Promise<void> {
  await lockAgents(act, [agent.id])
  const weight = weightOf(ticket, await readSetting(act, "assignment.weights"))
  if (weight === 0) return
  const load = (await loadsOf(act, [agent.id])).get(agent.id)!
  if (load + weight <= agent.capacity) return
  throw new Refusal("conflict", "at_capacity", `The agent has ${load} of ${agent.capacity}`, {
    more: { load, capacity: agent.capacity },
  })
}
