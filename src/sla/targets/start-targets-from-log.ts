// The targets of open tickets that have none running: their cycle is read again from the log.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { LoggedEvent } from "#event-log/index.ts"
import { afterFact, type Fact, isRunning, rescheduled, type Rules, type Target } from "./apply-facts-to-targets.ts"
import type { ClockOf } from "./calendar-clocks.ts"
import type { Terms } from "../policies/choose-policy.ts"
import { contextsOf } from "./look-up-event-contexts.ts"
import { resetSummary, type TargetSet } from "./load-and-save-target-set.ts"
import { factKinds, factOf, orBeginning } from "./target-facts-from-events.ts"
import { endedTargetsOf } from "./target-store.ts"
import type { TrackedTicket } from "./ticket-facts-for-targets.ts"

type Step = { set: TargetSet; tickets: ReadonlyMap<string, TrackedTicket>; clockOf: ClockOf }

/**
 * What runs of them as if the policy had been there all along. What another ticket ended, into which this one was merged until now,
 * goes on as the target that it was.
 */
export async function startFromLog(
  act: Act,
  { set, tickets, clockOf }: Step,
  terms: ReadonlyMap<string, Terms>,
): Promise<Target[]> {
  const open = [...terms.keys()].filter((id) => tickets.get(id)?.active)
  if (open.length === 0) return []
  const cycles = await openCycles(act, open, tickets)
  const ended = Map.groupBy(await endedTargetsOf(act, open), ({ ticketId }) => ticketId)
  return cycles.flatMap(({ ticketId, facts }) => {
    const rules = { ticketId, terms: terms.get(ticketId)!, clockOf }
    const after = (targets: Target[], fact: Fact) =>
      afterFact(targets, orBeginning(fact, targets.some(isRunning), tickets.get(ticketId)!), rules)
    const begun = facts.reduce(after, []).filter(isRunning)
    const cycle = begun[0]?.cycle
    const before = ended.get(ticketId)?.filter((one) => one.cycle === cycle) ?? []
    const running = begun.flatMap((one) => continued(one, before, rules, act.now))
    if (cycle !== undefined && set.summaries.get(ticketId)?.cycle !== cycle)
      resetSummary(set, ticketId, cycle, rules.terms.policyId)
    return running
  })
}

/** `ended`: of the same cycle. Nothing when it was answered on the ticket into which its own was merged. */
function continued(begun: Target, ended: readonly Target[], rules: Rules, now: Date): Target[] {
  const { metric, startedAt, countedOn, pauses, pausedAt } = begun
  const was = ended.find((one) => one.metric === metric && one.startedAt.getTime() === startedAt.getTime())
  if (!was) return [begun]
  const resolution = ended.find((one) => one.metric === "resolution")
  const isEarlier = resolution !== undefined && was.endedAt! < resolution.endedAt!
  if (metric !== "resolution" && (was.outcome === "met" || isEarlier)) return []
  return [rescheduled({ ...was, countedOn, pauses, pausedAt, endedAt: null, outcome: null }, rules, now)]
}

/** What happened to each since its present cycle began. */
async function openCycles(act: Act, ids: string[], tickets: Step["tickets"]) {
  const events = await eventsOfCycles(act, ids)
  const contextOf = await contextsOf(act, events)
  return [...Map.groupBy(events, ({ ticketId }) => ticketId!)].map(([ticketId, story]) => {
    const ticket = tickets.get(ticketId)!
    return { ticketId, facts: story.flatMap((event) => factOf(event, contextOf(event, ticket)) ?? []) }
  })
}

/** From the event that began the present cycle, as far as it was read. */
async function eventsOfCycles(act: Act, ticketIds: string[]): Promise<LoggedEvent[]> {
  const { rows } = await sql<LoggedEvent>`
    select e.id, e.position, e.at, e.placed_at, e.kind, e.ticket_id, e.subject_id, e.actor_kind, e.actor_id, e.depth, e.data
    from unnest(${ticketIds}::text[]) as asked (id)
      cross join lateral (select id from events o where o.ticket_id = asked.id and o.kind in ('ticket.created', 'ticket.reopened')
        order by o.id desc limit 1) opened
      join events e on e.ticket_id = asked.id and e.id >= opened.id and e.kind = any(${factKinds}::text[])
        and e.position <= (select position from event_readers where name = 'sla')
    order by e.id`.execute(act.tx)
  return rows
}
