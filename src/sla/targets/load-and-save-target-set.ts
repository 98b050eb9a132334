// The targets that one step works on, by the ticket on which they are counted.
import type { Act } from "#kernel/act.ts"
import { type CycleSummary, summaryOf } from "./sla-state.ts"
import { cycleSummaries, runningTargetsOn, saveSummaries, saveTargets } from "./target-store.ts"
import { type Target, withWakes } from "./apply-facts-to-targets.ts"

export type TargetSet = {
  stored: ReadonlySet<Target>
  onTicket: Map<string, Target[]>
  storedSummaries: ReadonlyMap<string, CycleSummary>
  summaries: Map<string, CycleSummary>
}

/** What runs on these tickets and on those on which theirs is counted. */
export async function loadTargets(act: Act, ticketIds: string[]): Promise<TargetSet> {
  const targets = await runningTargetsOn(act, ticketIds)
  const places = [...new Set([...ticketIds, ...targets.map(({ countedOn }) => countedOn)])]
  const storedSummaries = await cycleSummaries(act.tx, places)
  const onTicket = Map.groupBy(targets, ({ countedOn }) => countedOn)
  return { stored: new Set(targets), onTicket, storedSummaries, summaries: new Map(storedSummaries) }
}

export const targetsOf = ({ onTicket }: TargetSet) => [...onTicket.values()].flat()

/** Puts each where it is counted now. */
export function replaceAll(set: TargetSet, targets: readonly Target[]): void {
  set.onTicket.clear()
  for (const [id, all] of Map.groupBy(targets, ({ countedOn }) => countedOn)) set.onTicket.set(id, all)
}

/** A cycle begins: nothing of the one before counts. */
export function resetSummary(set: TargetSet, ticketId: string, cycle: number, policyId: string | null): void {
  const nothing = {
    state: "none",
    dueAt: null,
    pausedAt: null,
    breachedAt: null,
    hasMet: false,
    isRunning: true,
  } as const
  set.summaries.set(ticketId, { ticketId, cycle, policyId, ...nothing })
}

/** Writes what differs from what is stored, and how the tickets stand by it; the tickets of which something differs. */
export async function saveTargetSet(act: Act, set: TargetSet): Promise<Set<string>> {
  const targets = withWakes(targetsOf(set))
  await saveTargets(
    act,
    targets.filter((target) => !set.stored.has(target)),
  )
  const onTicket = Map.groupBy(targets, ({ countedOn }) => countedOn)
  const summaries = [...set.summaries.values()].map((one) => summaryOf(one, onTicket.get(one.ticketId) ?? [], act.now))
  const changed = summaries.filter((one) => !hasSameValues(one, set.storedSummaries.get(one.ticketId)))
  await saveSummaries(act, changed)
  const differing = [...new Set(targets).symmetricDifference(set.stored)]
  return new Set(
    [...changed, ...differing].flatMap((one) => ("countedOn" in one ? [one.ticketId, one.countedOn] : one.ticketId)),
  )
}

/** By their own fields: instants by their time, whatever else they hold by what it is. */
export function hasSameValues<T extends object>(one: T, other: T | undefined): boolean {
  const isSame = (a: unknown, b: unknown) =>
    a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime())
  return other !== undefined && Object.keys(one).every((key) => isSame(one[key as keyof T], other[key as keyof T]))
}
