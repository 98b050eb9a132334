// Follows the log: what happens to tickets starts, pauses and ends their targets.
import { type Act, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { conditionFacts } from "#conditions/index.ts"
import { type EventKind, type LoggedEvent, readExclusively } from "#event-log/index.ts"
import { clocksOf } from "./calendar-clocks.ts"
import { choosePolicy, fieldsRead, termsOf } from "../policies/choose-policy.ts"
import type { Policy } from "../policies/api-contract.ts"
import { factKinds, factOf, orBeginning } from "./target-facts-from-events.ts"
import { policiesInForce } from "../policies/policy-store.ts"
import { queueAffected, queueingKinds } from "./queue-tickets-affected-by-events.ts"
import { recordMovedDeadlines } from "./record-moved-deadlines.ts"
import { recordAlarms } from "./record-warnings-and-breaches.ts"
import { afterFact, isRunning, type Target, withPause } from "./apply-facts-to-targets.ts"
import { loadTargets, replaceAll, resetSummary, saveTargetSet, targetsOf } from "./load-and-save-target-set.ts"
import { hasRunningTargets } from "./target-store.ts"
import { contextsOf, openingKinds } from "./look-up-event-contexts.ts"
import { factsOfTickets, mergedInto, trackedTickets } from "./ticket-facts-for-targets.ts"

const mergeKinds: EventKind[] = ["ticket.merged", "ticket.unmerged"]
const kinds = [...new Set([...factKinds, ...mergeKinds, ...queueingKinds])]

/** Reads the next events; true when there is more. */
export function trackTargets(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  return transact(kit.db, async (tx) => {
    const taken = await readExclusively(tx, "sla", kinds)
    const act = { tx, actor: system, now: kit.now() }
    const events = taken?.events ?? []
    if (events.length === 0) return taken?.more ?? false
    const policies = await policiesInForce(tx)
    if (policies.length > 0 || (await hasRunningTargets(tx))) {
      await queueAffected(act, events, fieldsRead(policies))
      await applyEvents(act, events, policies)
    }
    return taken?.more ?? false
  })
}

type Step = Awaited<ReturnType<typeof prepare>>

async function applyEvents(act: Act, events: readonly LoggedEvent[], policies: readonly Policy[]): Promise<void> {
  const step = await prepare(act, events, policies)
  for (const event of events) {
    if (event.ticketId === null) continue
    if (event.kind === "ticket.merged") merge(step, event)
    else if (event.kind === "ticket.unmerged") undoMerge(step, event)
    else apply(step, event, event.ticketId)
  }
  const { set, tickets, clockOf } = step
  // Breached before it ended, and not recorded: the answer came late, or no server ran.
  const late = targetsOf(set).filter((one) => !isRunning(one))
  const marked = await recordAlarms(act, late, { tickets, policies, clockOf, isQuiet: () => false })
  replaceAll(set, [...targetsOf(set).filter(isRunning), ...marked])
  await recordMovedDeadlines(act, await saveTargetSet(act, set))
}

/** Everything that the events may be about. */
async function prepare(act: Act, events: readonly LoggedEvent[], policies: readonly Policy[]) {
  const ids = [...new Set(events.flatMap(({ ticketId, data }) => [ticketId, data["source"], data["target"]]))]
  const ticketIds = ids.filter((id): id is string => typeof id === "string")
  const set = await loadTargets(act, ticketIds)
  const tickets = await trackedTickets(act, [...new Set([...ticketIds, ...set.onTicket.keys()])])
  const begins = ({ kind, ticketId }: LoggedEvent) =>
    openingKinds.includes(kind) || (kind === "message.received" && tickets.get(ticketId ?? "")?.isOfPast === true)
  const opening = events.filter(begins)
  const calendarIds = [...policies, ...targetsOf(set)].map(({ calendarId }) => calendarId)
  const unmerged = events.filter(({ kind }) => kind === "ticket.unmerged").flatMap(({ ticketId }) => ticketId ?? [])
  return {
    set,
    policies,
    tickets,
    facts: await factsOfTickets(
      act,
      opening.flatMap(({ ticketId }) => ticketId ?? []),
    ),
    contextOf: await contextsOf(act, events),
    ledTo: await mergedInto(act, unmerged),
    clockOf: await clocksOf(act.tx, calendarIds),
  }
}

function apply(step: Step, event: LoggedEvent, ticketId: string): void {
  const { set, tickets, contextOf, clockOf } = step
  const ticket = tickets.get(ticketId)
  if (!ticket) return
  const targets = set.onTicket.get(ticketId) ?? []
  const found = factOf(event, contextOf(event, ticket))
  const fact = found && orBeginning(found, targets.some(isRunning), ticket)
  if (!fact || (fact.what !== "opened" && targets.length === 0)) return
  const policy = fact.what === "opened" ? chosenFor(step, ticketId) : policyOf(step, ticketId, targets)
  const terms = termsOf(policy, ticket.priority)
  if (fact.what === "opened" && (terms.policyId !== null || set.summaries.has(ticketId)))
    resetSummary(set, ticketId, fact.cycle, terms.policyId)
  const begins = fact.what !== "opened" || terms.policyId !== null
  const rules = { ticketId, terms, clockOf }
  set.onTicket.set(ticketId, afterFact(targets, begins ? fact : { what: "ended", at: fact.at }, rules))
}

function chosenFor({ facts, policies }: Step, ticketId: string): Policy | null {
  const known = facts.get(ticketId)
  return known ? choosePolicy(policies, conditionFacts(known)) : null
}

/** Its own: what was merged into it goes on under another. */
const policyOf = ({ policies }: Step, ticketId: string, targets: readonly Target[]) =>
  policies.find(({ id }) =>
    targets.some((one) => isRunning(one) && one.ticketId === ticketId && one.policyId === id),
  ) ?? null

/** What runs goes on, on the ticket that the source leads to; it stands while that waits for its customer, and ends with one that has. */
function merge({ set, tickets, clockOf }: Step, { ticketId, data, at }: LoggedEvent): void {
  const source = String(data["source"])
  const [brought, there] = [set.onTicket.get(source) ?? [], set.onTicket.get(ticketId!) ?? []]
  const target = tickets.get(ticketId!)
  // One that was merged further since passes on what it is given here.
  if (!target?.active && !target?.mergedInto) {
    set.onTicket.set(
      source,
      afterFact(brought, { what: "ended", at }, { ticketId: source, terms: termsOf(null, ""), clockOf }),
    )
    return
  }
  const waits = there.some((one) => isRunning(one) && one.metric === "resolution" && one.pausedAt !== null)
  const moved = brought
    .filter(isRunning)
    .map((one) => withPause({ ...one, countedOn: ticketId! }, waits, at, clockOf(one.calendarId)))
  set.onTicket.set(
    source,
    brought.filter((one) => !isRunning(one)),
  )
  set.onTicket.set(ticketId!, [...there, ...moved])
  const summary = set.summaries.get(source)
  const isMet = brought.some(
    ({ metric, minutes, dueAt }) => metric === "resolution" && minutes !== null && (dueAt === null || dueAt > at),
  )
  if (summary && isMet) set.summaries.set(source, { ...summary, hasMet: true })
}

/** The source gets back what is its own, and what was merged into it before. */
function undoMerge({ set, ledTo, tickets, clockOf }: Step, { ticketId, data, at }: LoggedEvent): void {
  const isOwn = (one: Target) => isRunning(one) && (one.ticketId === ticketId || ledTo.get(one.ticketId) === ticketId)
  const all = targetsOf(set)
  const waits = tickets.get(ticketId!)?.kind === "support" && data["to"] === "pending"
  const own = all
    .filter(isOwn)
    .map((one) => withPause({ ...one, countedOn: ticketId! }, waits, at, clockOf(one.calendarId)))
  replaceAll(set, [...all.filter((one) => !isOwn(one)), ...own])
}
