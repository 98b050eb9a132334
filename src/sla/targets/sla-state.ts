// How a target stands, and how a ticket does by its targets. Pure.
import type { SlaState } from "../api-contract.ts"
import { isRunning, isSame, liveTargets, type Target } from "./apply-facts-to-targets.ts"

const worstFirst = ["breached", "warning", "paused", "on_track", "met", "none"] as const satisfies SlaState[]

/** At the due instant it is breached, and at the warning's it is at risk. */
export function stateOf(target: Pick<Target, StateField>, now: Date): SlaState {
  const { endedAt, outcome, minutes, warnAt, dueAt, pausedAt } = target
  if (endedAt !== null) return outcome ?? "none"
  if (minutes === null) return "none"
  if (dueAt !== null && dueAt <= now) return "breached"
  if (pausedAt !== null) return "paused"
  return warnAt !== null && warnAt <= now ? "warning" : "on_track"
}
type StateField = "endedAt" | "outcome" | "minutes" | "warnAt" | "dueAt" | "pausedAt"

export type CycleSummary = {
  ticketId: string
  cycle: number
  policyId: string | null
  state: SlaState
  dueAt: Date | null
  pausedAt: Date | null
  /** The first breach of this cycle. */
  breachedAt: Date | null
  hasMet: boolean
  /** With what there is no target for, too: as long as the ticket is open under a policy. */
  isRunning: boolean
}

/** The worst of what runs; when nothing does, what became of the cycle. */
export function summaryOf(before: CycleSummary, targets: readonly Target[], now: Date): CycleSummary {
  const live = liveTargets(targets)
  const breaches = targets.flatMap(({ dueAt, breachedAt }) => (isSame(dueAt, breachedAt) ? (dueAt ?? []) : []))
  const breachedAt = before.breachedAt ?? earliest(breaches)
  const hasMet = before.hasMet || targets.some(({ outcome }) => outcome === "met")
  const over: SlaState = breachedAt !== null ? "breached" : hasMet ? "met" : "none"
  const states = live.map((target) => stateOf(target, now))
  const own = targets.find((one) => isRunning(one) && one.ticketId === before.ticketId)
  return {
    ...before,
    policyId: own ? own.policyId : before.policyId,
    state: worstFirst.find((state) => states.includes(state)) ?? over,
    // What is paused has none, overdue or not: it waits for its customer.
    dueAt: earliest(live.flatMap(({ dueAt, pausedAt }) => (pausedAt === null ? (dueAt ?? []) : []))),
    pausedAt: earliest(live.flatMap(({ pausedAt }) => pausedAt ?? [])),
    breachedAt,
    hasMet,
    isRunning: targets.some(isRunning),
  }
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.length === 0 ? null : new Date(Math.min(...instants.map((at) => at.getTime())))
}
