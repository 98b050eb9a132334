// What each fact about a ticket does to the targets that are counted on it. Pure.
import type { Terms } from "../policies/choose-policy.ts"
import type { Metric } from "../api-contract.ts"
import { type Clock, instantOf, type Pause, targetMs, warningMs, workedMs } from "./working-time-clock.ts"

export type Target = {
  /** Null: not stored yet. */
  id: number | null
  ticketId: string
  /** Another ticket while its own is merged into that. */
  countedOn: string
  cycle: number
  metric: Metric
  policyId: string | null
  calendarId: string | null
  /** Working minutes; null: there is no target. */
  minutes: number | null
  startedAt: Date
  startedBy: "created" | "reopened" | "customer_message"
  pauses: Pause[]
  pausedAt: Date | null
  warnAt: Date | null
  dueAt: Date | null
  /** Working milliseconds left while it stands. */
  leftMs: number | null
  /** The instants for which they were recorded last: of these, `warnAt` and `dueAt` fire no more. */
  warnedAt: Date | null
  breachedAt: Date | null
  endedAt: Date | null
  outcome: "met" | "breached" | "none" | null
  /** When it fires next. */
  wakesAt: Date | null
}

export type Fact =
  /** A cycle begins. `awaitsResponse`: a customer waits for a first answer. */
  | { what: "opened"; at: Date; cycle: number; by: Target["startedBy"]; awaitsResponse: boolean }
  | { what: "customer_wrote" | "answered" | "paused" | "resumed" | "ended"; at: Date }

export type Rules = { ticketId: string; terms: Terms; clockOf: (calendarId: string | null) => Clock }

export const isRunning = ({ endedAt }: Pick<Target, "endedAt">) => endedAt === null
const isResponse = ({ metric }: Target) => metric !== "resolution"

/** The targets as they are after it, the ones that it ended included. */
export function afterFact(targets: readonly Target[], fact: Fact, rules: Rules): Target[] {
  const { at } = fact
  const changed = (change: (target: Target) => Target) => targets.map((one) => (isRunning(one) ? change(one) : one))
  switch (fact.what) {
    case "opened":
      return [...changed((one) => ended(one, at, false)), ...begun(fact, rules)]
    case "customer_wrote":
      return [...targets, ...nextResponse(targets, at, rules)]
    case "answered":
      return changed((one) => (isResponse(one) ? ended(one, at, true) : one))
    case "paused":
      return changed((one) => paused(one, at, rules))
    case "resumed":
      return changed((one) => resumed(one, at, rules))
    case "ended":
      return changed((one) => ended(one, at, !isResponse(one)))
  }
}

function begun(fact: Extract<Fact, { what: "opened" }>, rules: Rules): Target[] {
  const metrics: Metric[] = fact.awaitsResponse ? ["first_response", "resolution"] : ["resolution"]
  return metrics.map((metric) => started(metric, fact.at, { cycle: fact.cycle, startedBy: fact.by }, rules))
}

/** From the first message that nobody has answered, while no first response is owed: of a merged ticket one that has a target. */
function nextResponse(targets: readonly Target[], at: Date, rules: Rules): Target[] {
  const running = targets.filter(isRunning)
  const own = running.find(({ metric, ticketId }) => metric === "resolution" && ticketId === rules.ticketId)
  const isOwed = (one: Target) => isResponse(one) && (one.ticketId === rules.ticketId || one.minutes !== null)
  if (!own || running.some(isOwed)) return []
  const next = started("next_response", at, { cycle: own.cycle, startedBy: "customer_message" }, rules)
  return [own.pausedAt === null ? next : paused(next, at, rules)]
}

function started(
  metric: Metric,
  startedAt: Date,
  about: Pick<Target, "cycle" | "startedBy">,
  { ticketId, terms, clockOf }: Rules,
): Target {
  const { policyId, calendarId } = terms
  const counted = {
    ticketId,
    countedOn: ticketId,
    ...about,
    metric,
    policyId,
    calendarId,
    minutes: terms.minutes[metric],
  }
  const run = { startedAt, pauses: [], pausedAt: null, warnAt: null, dueAt: null, leftMs: null }
  const nothingYet = { warnedAt: null, breachedAt: null, endedAt: null, outcome: null, wakesAt: null }
  return scheduled({ id: null, ...counted, ...run, ...nothingYet }, clockOf(calendarId))
}

const paused = (target: Target, at: Date, { clockOf }: Rules) => withPause(target, true, at, clockOf(target.calendarId))
const resumed = (target: Target, at: Date, { clockOf }: Rules) =>
  withPause(target, false, at, clockOf(target.calendarId))

/** Stands or runs from now on, as far as its metric ever stands. */
export function withPause(target: Target, stands: boolean, at: Date, clock: Clock): Target {
  const isPaused = target.pausedAt !== null
  if (target.metric === "first_response" || isPaused === stands) return target
  return scheduled(stands ? { ...target, pausedAt: at } : withoutPause(target, at), clock)
}

function withoutPause(target: Target, at: Date): Target {
  const { pausedAt, pauses } = target
  if (pausedAt === null) return target
  return { ...target, pausedAt: null, pauses: at > pausedAt ? [...pauses, { from: pausedAt, until: at }] : pauses }
}

/** What was due before it ended is breached, answered or not; what ends at the due instant is met. */
function ended(target: Target, at: Date, isDone: boolean): Target {
  const { dueAt, breachedAt } = target
  const isLate = dueAt !== null && (at > dueAt || isSame(dueAt, breachedAt))
  const outcome = isLate ? "breached" : isDone && target.minutes !== null ? "met" : "none"
  return { ...withoutPause(target, at), endedAt: at, outcome }
}

/** With the instants at which it is at risk and due, by its minutes and pauses. */
export function scheduled(target: Target, clock: Clock): Target {
  const { minutes } = target
  if (minutes === null) return { ...target, warnAt: null, dueAt: null, leftMs: null }
  const [warnAt, dueAt] = [warningMs(minutes), targetMs(minutes)].map((ms) => instantOf(clock, target, ms))
  const { pausedAt } = target
  const leftMs = pausedAt !== null && !dueAt ? targetMs(minutes) - workedMs(clock, target, pausedAt) : null
  return { ...target, warnAt: warnAt ?? null, dueAt: dueAt ?? null, leftMs }
}

/**
 * Under other terms, or in another calendar. An instant that lies ahead again fires again; one that had fired and lies in the past
 * by the change, too, does not.
 */
export function rescheduled(target: Target, { terms, clockOf }: Rules, now: Date): Target {
  const { policyId, calendarId, minutes } = terms
  const same = { ...target, policyId, calendarId, minutes: minutes[target.metric] }
  const next = scheduled(same, clockOf(calendarId))
  const isPast = (at: Date | null) => at !== null && at <= now
  return {
    ...next,
    warnedAt: isSame(target.warnAt, target.warnedAt) && isPast(next.warnAt) ? next.warnAt : target.warnedAt,
    breachedAt: isSame(target.dueAt, target.breachedAt) && isPast(next.dueAt) ? next.dueAt : target.breachedAt,
  }
}

/** Has this instant fired? */
export const isSame = (at: Date | null, fired: Date | null) => at !== null && at.getTime() === fired?.getTime()

/** Per metric the one that is due first: several run while tickets are merged. What stands comes last, by what is left. */
export function liveTargets(targets: readonly Target[]): Target[] {
  const running = targets.filter((one) => isRunning(one) && one.minutes !== null)
  return [...Map.groupBy(running, ({ metric }) => metric).values()].map((all) => all.toSorted(byDeadline)[0]!)
}

const byDeadline = (a: Target, b: Target) =>
  ascending(a.dueAt?.getTime(), b.dueAt?.getTime()) ||
  ascending(a.leftMs, b.leftMs) ||
  ascending(a.startedAt.getTime(), b.startedAt.getTime())

function ascending(a: number | null = Infinity, b: number | null = Infinity): number {
  const [one, other] = [a ?? Infinity, b ?? Infinity]
  return one === other ? 0 : one < other ? -1 : 1
}

export type Alarm = "warning" | "breach"

/** What is due and not recorded. A target that has ended never warns. */
export function alarmsOf(target: Target, now: Date): Alarm[] {
  const { warnAt, dueAt, warnedAt, breachedAt, outcome } = target
  const isBreached = isRunning(target) ? dueAt !== null && dueAt <= now : outcome === "breached"
  const isAtRisk = isRunning(target) && warnAt !== null && warnAt <= now
  return [
    ...(isAtRisk && !isSame(warnAt, warnedAt) ? (["warning"] as const) : []),
    ...(isBreached && !isSame(dueAt, breachedAt) ? (["breach"] as const) : []),
  ]
}

/** With the instant at which each wakes somebody: of those that are counted on one ticket, what is due first of its metric. */
export function withWakes(targets: readonly Target[]): Target[] {
  const live = new Set([...Map.groupBy(targets, ({ countedOn }) => countedOn).values()].flatMap(liveTargets))
  return targets.map((target) => {
    const wakesAt = live.has(target) ? nextAlarmAt(target) : null
    return wakesAt?.getTime() === target.wakesAt?.getTime() ? target : { ...target, wakesAt }
  })
}

function nextAlarmAt({ warnAt, dueAt, warnedAt, breachedAt }: Target): Date | null {
  const ahead = [isSame(warnAt, warnedAt) ? null : warnAt, isSame(dueAt, breachedAt) ? null : dueAt].filter(
    (at) => at !== null,
  )
  return ahead.length === 0 ? null : new Date(Math.min(...ahead.map((at) => at.getTime())))
}
