// For how long work is due that nobody has done: of deliveries, sends, jobs and all else that a timer wakes.
import type { Pool } from "pg"
import { workerName } from "#kernel/jobs/job-queue.ts"
import { isUnreachable } from "#kernel/errors.ts"
import { timerLag } from "#kernel/metrics.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { failureCode, failureWarning, type Timer } from "./timers.ts"

type Queryable = Pick<Pool, "query">
/** `since`: when the oldest work fell due; null when none is overdue. `failure`: with what code the look failed. */
export type TimerLag = { topic: string; since: Date | null; seconds: number; failure: string | null }

// Work may wait for its turn, the pace of a channel or the end of a lease: this is longer than any of them.
const patienceSeconds = 60

/** Of every timer, by the database's clock. One whose query fails hides no other. */
export async function timerLags(db: Queryable, timers: readonly Timer[]): Promise<TimerLag[]> {
  try {
    return await lagsOf(db, timers)
  } catch (error) {
    if (isUnreachable(error)) throw error
    const [timer, ...others] = timers
    if (timer && others.length === 0)
      return [{ topic: timer.topic, since: null, seconds: 0, failure: failureCode(error) }]
    const lags: TimerLag[] = []
    for (const one of timers) lags.push(...(await timerLags(db, [one])))
    return lags
  }
}

async function lagsOf(db: Queryable, timers: readonly Timer[]): Promise<TimerLag[]> {
  const { rows } = await db.query<TimerLag>(
    `select t.topic, case when t.due < clock_timestamp() then t.due end as since,
      greatest(0, coalesce(extract(epoch from clock_timestamp() - t.due), 0))::float as seconds, null as failure
    from (values ${timers.map(({ topic, dueSql, overdueSql = dueSql }) => `('${topic}', (${overdueSql})::timestamptz)`).join(", ")}) t (topic, due)`,
  )
  return rows
}

/** In words: what is overdue for more than a minute, and since when. */
export async function overdueWarnings(db: Queryable, timers: readonly Timer[]): Promise<string[]> {
  return (await timerLags(db, timers)).flatMap(({ topic, since, seconds, failure }) => {
    if (failure !== null) return failureWarning(topic, failure)
    return seconds > patienceSeconds ? `${topic} has work that is due since ${since!.toISOString()}` : []
  })
}

/** Sets the gauges; when the database is away they stay as they were. What cannot be looked at has no figure: an old one would say that all is well. */
export async function updateTimerMetrics(db: Queryable, timers: readonly Timer[]): Promise<void> {
  const lags = await timerLags(db, timers).catch(() => [])
  for (const { topic, seconds, failure } of lags)
    if (failure === null) timerLag.set({ topic }, seconds)
    else timerLag.remove({ topic })
}

/** For doctor: while a worker runs, nothing stays overdue. */
export const overdueCheck = (timers: readonly Timer[]): Invariant => ({
  name: "timers",
  why: "While a worker runs, work that is due is done within a minute.",
  remedy: "The log of the worker says why its tries fail.",
  find: async ({ db: { pool } }) => {
    const works = await pool.query(
      "select from pg_stat_activity where datname = current_database() and application_name = $1 limit 1",
      [workerName],
    )
    return works.rowCount === 0 ? [] : overdueWarnings(pool, timers)
  },
})
