// The work of deadlines: what happens to tickets, what is due, and what is to be looked at again.
import { setTimeout as pause } from "node:timers/promises"
import type { Timer } from "#timers/index.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"
import { statement } from "#kernel/db.ts"
import { followLog } from "#event-log/index.ts"
import { fireTargets } from "./fire-due-warnings-and-breaches.ts"
import { slaTopic } from "./recomputation-queue.ts"
import { recomputeTargets } from "./recompute-targets.ts"
import { trackTargets } from "./track-targets.ts"

const everyMs = 100

/**
 * A long recount is paced, so that requests get through: a hundred thousand tickets take 45 s, however soon a step is done. One that
 * takes longer than its share is followed by a tenth of its time. By what was recounted, for tickets that are busy stay in the queue.
 */
const msPerTicket = 0.45
const leastRest = 0.1

export const slaTimer: Timer = {
  topic: slaTopic,
  dueSql: `select least((select min(wakes_at) from sla_targets where wakes_at is not null),
    (select min(queued_at) from sla_recomputations))`,
}

export function startDeadlines(kit: Kit, log: Log): PollingLoop {
  return followLog(kit.db, log, { name: "sla", read: () => followDeadlines(kit), everyMs, topics: [slaTopic] })
}

/** One step of each; true when there may be more. */
export async function followDeadlines(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  const began = performance.now()
  const isMore = await trackTargets(kit)
  const { isDue, isQueued } = await look(kit)
  const fired = isDue && (await fireTargets(kit))
  const recomputed = isQueued ? await recomputeTargets(kit) : 0
  if (recomputed > 0) await rest(performance.now() - began, recomputed)
  return isMore || fired || recomputed > 0
}

const rest = (tookMs: number, tickets: number) => pause(Math.max(leastRest * tookMs, tickets * msPerTicket - tookMs))

/**
 * Asked without a transaction, for most looks find nothing. By the first that is due: for "is any due by this instant" a session
 * keeps a plan that reads all deadlines, since it takes a third of them for due.
 */
async function look({ db, now }: Pick<Kit, "db" | "now">) {
  const [row] = await db.run<{ isDue: boolean; isQueued: boolean }>(
    statement(
      "sla-look",
      (p) => `select coalesce((select min(wakes_at) from sla_targets) <= ${p(now())}::timestamptz, false) as "isDue",
        (select min(queued_at) from sla_recomputations) is not null as "isQueued"`,
    ),
  )
  return row!
}
