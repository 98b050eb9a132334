// Looks again at tickets whose policy, priority or calendar may be another one by now, some at a time.
import { type Act, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { conditionFacts, type TicketFacts } from "#conditions/index.ts"
import { lockReader } from "#event-log/index.ts"
import { type ClockOf, clocksOf } from "./calendar-clocks.ts"
import { choosePolicy, type Terms, termsOf } from "../policies/choose-policy.ts"
import type { Policy } from "../policies/api-contract.ts"
import { policiesInForce } from "../policies/policy-store.ts"
import {
  dropRecomputations,
  lastInBulk,
  markBulkMoved,
  nextRecomputations,
  type Recomputation,
} from "./recomputation-queue.ts"
import { settledTickets } from "./lock-tickets-with-all-events-read.ts"
import { recordMovedDeadlines, recordMovedInBulk } from "./record-moved-deadlines.ts"
import { recordAlarms } from "./record-warnings-and-breaches.ts"
import { liveTargets, rescheduled, type Target } from "./apply-facts-to-targets.ts"
import {
  hasSameValues,
  loadTargets,
  replaceAll,
  saveTargetSet,
  type TargetSet,
  targetsOf,
} from "./load-and-save-target-set.ts"
import { startFromLog } from "./start-targets-from-log.ts"
import { factsOfTickets, type TrackedTicket, trackedTickets } from "./ticket-facts-for-targets.ts"

const recomputedAtOnce = 80

/** How many of the queue were recomputed. */
export function recomputeTargets(kit: Pick<Kit, "db" | "now">): Promise<number> {
  return transact(kit.db, async (tx) => {
    const position = await lockReader(tx, "sla")
    if (position === null) return 0
    const act = { tx, actor: system, now: kit.now() }
    const ready = await settled(act, await nextRecomputations(act, recomputedAtOnce), position)
    if (ready.length === 0) return 0
    const moved = await recompute(act, ready)
    await dropRecomputations(
      act,
      ready.map(({ ticketId }) => ticketId),
    )
    await recordMoved(act, ready, moved)
    return ready.length
  })
}

/** Of what was queued in bulk once all of it is done, if any deadline of it moved: screens that fetch earlier would fetch again. */
async function recordMoved(act: Act, done: readonly Recomputation[], moved: ReadonlySet<string>): Promise<void> {
  const bulk = new Set(done.flatMap(({ inBulk, ticketId, countedOn }) => (inBulk ? [ticketId, ...countedOn] : [])))
  await recordMovedDeadlines(act, moved.difference(bulk))
  if (moved.isDisjointFrom(bulk) && !done.some(({ hasMoved }) => hasMoved)) return
  const last = await lastInBulk(act)
  if (!last) await recordMovedInBulk(act)
  else if (!last.hasMoved) await markBulkMoved(act, last.id)
}

/** What is due fires on the way, so they must be settled as for that; the others stay in the queue. */
async function settled(act: Act, queued: readonly Recomputation[], position: number): Promise<Recomputation[]> {
  const ticketsOf = ({ ticketId, countedOn }: Recomputation) => [ticketId, ...countedOn]
  const ids = new Set(await settledTickets(act, [...new Set(queued.flatMap(ticketsOf))], position))
  return queued.filter((one) => ticketsOf(one).every((id) => ids.has(id)))
}

type Step = {
  set: TargetSet
  policies: Policy[]
  tickets: Map<string, TrackedTicket>
  facts: Map<string, TicketFacts>
  clockOf: ClockOf
}

async function recompute(act: Act, queued: readonly Recomputation[]): Promise<Set<string>> {
  const step = await prepare(act, queued)
  const { set } = step
  // What was due before the change fires as if nothing had changed.
  await recordLive(act, step, () => false)
  const terms = new Map(queued.map((one) => [one.ticketId, termsFor(step, one)]))
  const known = new Set(targetsOf(set).map(({ ticketId }) => ticketId))
  const changed = await mapYielding(targetsOf(set), (target) => {
    const own = terms.get(target.ticketId)
    if (!own) return target
    const next = rescheduled(target, { ticketId: target.ticketId, terms: own, clockOf: step.clockOf }, act.now)
    return hasSameValues(next, target) ? target : next
  })
  const newlyMatched = [...terms].filter(([id, { policyId }]) => policyId !== null && !known.has(id))
  replaceAll(set, [...changed, ...(await startFromLog(act, step, new Map(newlyMatched)))])
  const quiet = new Set(queued.flatMap(({ ticketId, isQuiet }) => (isQuiet ? [ticketId] : [])))
  await recordLive(act, step, ({ ticketId }) => quiet.has(ticketId), quiet)
  return saveTargetSet(act, set)
}

async function prepare(act: Act, queued: readonly Recomputation[]): Promise<Step> {
  const ids = queued.map(({ ticketId }) => ticketId)
  const set = await loadTargets(act, ids)
  const policies = await policiesInForce(act.tx)
  const calendarIds = [...policies, ...targetsOf(set)].map(({ calendarId }) => calendarId)
  return {
    set,
    policies,
    tickets: await trackedTickets(act, [...new Set([...ids, ...set.onTicket.keys()])]),
    facts: await factsOfTickets(act, ids),
    clockOf: await clocksOf(act.tx, calendarIds),
  }
}

/** What is due of those that run; all of them, or of these tickets alone. */
async function recordLive(act: Act, { set, ...step }: Step, isQuiet: (target: Target) => boolean, of?: Set<string>) {
  const live = [...set.onTicket.values()].flatMap(liveTargets).filter(({ ticketId }) => of?.has(ticketId) ?? true)
  const marked = await recordAlarms(act, live, { ...step, isQuiet })
  const now = new Map(live.map((target, n) => [target, marked[n]!]))
  replaceAll(
    set,
    targetsOf(set).map((target) => now.get(target) ?? target),
  )
}

function termsFor({ policies, tickets, facts }: Step, { ticketId, heirId }: Recomputation): Terms {
  const [ticket, known] = [tickets.get(ticketId), facts.get(ticketId)]
  if (!ticket || !known) return termsOf(null, "")
  const given =
    heirId === null ? choosePolicy(policies, conditionFacts(known)) : policies.find(({ id }) => id === heirId)
  return termsOf(given ?? null, ticket.priority)
}
