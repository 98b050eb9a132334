// What is due: warnings and breaches, each once. One server at a time, by the lock on the reader's row, which ends with its
// connection: a server that dies here has recorded nothing, and the next one does.
import { type Act, system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { lockReader } from "#event-log/index.ts"
import { clocksOf } from "./calendar-clocks.ts"
import { policiesInForce } from "../policies/policy-store.ts"
import { recordAlarms } from "./record-warnings-and-breaches.ts"
import { liveTargets, type Target } from "./apply-facts-to-targets.ts"
import { loadTargets, replaceAll, saveTargetSet, targetsOf } from "./load-and-save-target-set.ts"
import { settledTickets } from "./lock-tickets-with-all-events-read.ts"
import { ticketsWithAlarms } from "./target-store.ts"
import { trackedTickets } from "./ticket-facts-for-targets.ts"

const atOnce = 200

/** True when there may be more. */
export function fireTargets(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  return transact(kit.db, async (tx) => {
    const position = await lockReader(tx, "sla")
    if (position === null) return false
    const act = { tx, actor: system, now: kit.now() }
    const ids = await settledTickets(act, await ticketsWithAlarms(act, atOnce), position)
    if (ids.length === 0) return false
    await fire(act, ids)
    return true
  })
}

async function fire(act: Act, ids: string[]): Promise<void> {
  const set = await loadTargets(act, ids)
  const policies = await policiesInForce(act.tx)
  const tickets = await trackedTickets(act, ids)
  const clockOf = await clocksOf(
    act.tx,
    targetsOf(set).map(({ calendarId }) => calendarId),
  )
  const live = ids.flatMap((id) => liveTargets(set.onTicket.get(id) ?? []))
  const marked = await recordAlarms(act, live, { tickets, policies, clockOf, isQuiet: () => false })
  const now = new Map<Target, Target>(live.map((target, n) => [target, marked[n]!]))
  replaceAll(
    set,
    targetsOf(set).map((target) => now.get(target) ?? target),
  )
  await saveTargetSet(act, set)
}
