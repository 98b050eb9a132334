// What deadlines past tickets would have had under given policies: their events are counted again, from the first one on, by the
// rule that counts present ones. Each ticket by itself: what was merged into it does not count.
import { sql } from "kysely"
import { conditionFacts, type TicketFacts } from "#conditions/index.ts"
import type { Act } from "#kernel/act.ts"
import type { LoggedEvent } from "#event-log/index.ts"
import { choosePolicy, termsOf } from "../policies/choose-policy.ts"
import type { Policy } from "../policies/api-contract.ts"
import type { ClockOf } from "./calendar-clocks.ts"
import { factKinds, factOf, orBeginning } from "./target-facts-from-events.ts"
import { afterFact, type Fact, isRunning, type Target } from "./apply-facts-to-targets.ts"
import { contextsOf } from "./look-up-event-contexts.ts"
import { factsOfTickets, type TrackedTicket, trackedTickets } from "./ticket-facts-for-targets.ts"

/** What happened to a ticket, and what conditions read of it, as it is now. */
type PastTicket = { ticket: TrackedTicket; facts: TicketFacts; past: Fact[] }

export async function pastTickets(act: Act, ids: string[]): Promise<PastTicket[]> {
  const tickets = await trackedTickets(act, ids)
  const facts = await factsOfTickets(act, ids)
  const events = await eventsOf(act, ids)
  const contextOf = await contextsOf(act, events)
  const byTicket = Map.groupBy(events, ({ ticketId }) => ticketId)
  return [...tickets.values()].flatMap((ticket) => {
    const known = facts.get(ticket.id)
    const past = (byTicket.get(ticket.id) ?? []).flatMap((event) => factOf(event, contextOf(event, ticket)) ?? [])
    return known ? [{ ticket, facts: known, past }] : []
  })
}

async function eventsOf(act: Act, ids: string[]): Promise<LoggedEvent[]> {
  const { rows } = await sql<LoggedEvent>`
    select id, position, at, placed_at, kind, ticket_id, subject_id, actor_kind, actor_id, depth, data from events
    where ticket_id = any(${ids}::text[]) and kind = any(${factKinds}::text[]) order by id`.execute(act.tx)
  return rows
}

type AskedPolicy = Pick<Policy, "id" | "isDefault" | "conditions" | "calendarId" | "targets">

/** All targets that it has had, those that ended included. `policies`: enabled, in the order in which they are asked. */
export function replayTargets(
  { ticket, facts, past }: PastTicket,
  policies: readonly AskedPolicy[],
  clockOf: ClockOf,
): Target[] {
  const terms = termsOf(choosePolicy(policies, conditionFacts(facts)), ticket.priority)
  if (terms.policyId === null) return []
  const rules = { ticketId: ticket.id, terms, clockOf }
  return past.reduce<Target[]>((targets, one) => {
    const fact = orBeginning(one, targets.some(isRunning), ticket)
    return fact.what !== "opened" && targets.length === 0 ? targets : afterFact(targets, fact, rules)
  }, [])
}
