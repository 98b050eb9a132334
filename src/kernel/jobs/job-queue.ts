// The queue: jobs live in the same database as what they are about and are sent in the same transaction.
import { fromKysely, PgBoss, type Queue } from "pg-boss"
import type { Act } from "../act.ts"
import type { Database } from "../db.ts"
import type { Log } from "../log.ts"
import { jobsDone } from "../metrics.ts"

/** By what name the database knows a server that works. */
export const workerName = "hilo worker"

export type Payload = Record<string, unknown>

/** Work done later. It may run more than once, so it must be safe to repeat. Throwing means: try again later. */
export type Job = {
  name: string
  /** Those payloads that have something to do. Asked before queueing, so that what is everyday costs no job. */
  worthwhile?: (tx: Act["tx"], payloads: Payload[]) => Promise<Payload[]>
  run: (payload: Payload) => Promise<void>
  /** What remains to be said when the last try has failed. */
  gaveUp?: (payload: Payload) => Promise<void>
  cron?: string
}

export type Jobs = {
  start: () => Promise<void>
  /** Sends in the caller's transaction, all in one statement; the jobs exist if and only if that commits. */
  enqueue: (tx: Act["tx"], name: string, payloads: Payload[], after?: Date) => Promise<void>
  /** Sets jobs beside those that failed for good, without a try: a person decides. */
  deadLetter: (tx: Act["tx"], name: string, payloads: Payload[]) => Promise<void>
  /** Those that are due are taken now: the queue's own NOTIFY comes only for what is due when it is sent. */
  takeDue: (db: Database) => Promise<false>
  stop: () => Promise<void>
}

/** Who takes from each queue, by the names they are woken with. */
type Takers = Map<string, string[]>

/** SQL of jobs that somebody takes: not those that wait for a person. */
const taken = (jobs: readonly Job[]) => {
  const names = jobs.flatMap(({ name, gaveUp }) => [`'${name}'`, ...(gaveUp ? [`'${deadLetters(name)}'`] : [])])
  return `queue.job where state < 'active' and not blocked and name in (${names.join(", ")})`
}

/** SQL of when the next of these jobs is due. */
export const jobsDueSql = (jobs: readonly Job[]) => `select min(start_after) from ${taken(jobs)}`

// Two seconds, then twice as long each time: the last try comes after about an hour.
const retries = { retryLimit: 10, retryDelay: 2, retryBackoff: true, retryDelayMax: 1_800 }
// Nothing that waits is removed by its age: no worker may run for weeks, and what failed is kept until somebody looks.
const kept = { retentionSeconds: 10 * 365 * 86_400 }
export const deadLetters = (name: string) => `${name}.dead`

// Longer than between two looks at the schedule: to open a connection costs more than the look. The types do not know it.
const keptOpen = { idleTimeoutMillis: 60_000 }

/** `work: false` only sends. `jobs` must be the same on every server, so that every queue exists. */
export function createJobs(url: string, log: Log, jobs: Job[], { work }: { work: boolean }): Jobs {
  const boss = new PgBoss({
    connectionString: url,
    schema: "queue",
    application_name: work ? workerName : "hilo queue",
    max: 4,
    ...keptOpen,
    supervise: work,
    schedule: work,
    useListenNotify: work,
    // Nobody waits for any of these: an hour is asked for by the minute, and flows are not used.
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: 45,
    flowIntervalSeconds: 86_400,
    bamIntervalSeconds: 86_400,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    queueCacheIntervalSeconds: 300,
  })
  const takers: Takers = new Map()
  boss.on("error", (error) => log.warn({ err: error }, "queue"))
  return {
    start: () => startAll(boss, jobs, log, work ? takers : null),
    enqueue: async (tx, name, payloads, after) => {
      const worthwhile = jobs.find((job) => job.name === name)?.worthwhile
      const wanted = worthwhile ? await worthwhile(tx, payloads) : payloads
      if (wanted.length === 0) return
      const sent = wanted.map((payload) => ({ data: payload, ...(after && { startAfter: after }) }))
      await boss.insert(name, sent, { db: fromKysely(tx) })
    },
    deadLetter: async (tx, name, payloads) => {
      const sent = payloads.map((payload) => ({ data: payload, ...kept }))
      if (sent.length > 0) await boss.insert(deadLetters(name), sent, { db: fromKysely(tx) })
    },
    takeDue: async (db) => {
      const text = `select distinct name from ${taken(jobs)} and start_after <= now()`
      for (const { name } of await db.run<{ name: string }>({ name: "jobs-due", text, values: [] })) {
        for (const taker of takers.get(name) ?? []) boss.notifyWorker(taker)
      }
      return false
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000 }),
  }
}

async function startAll(boss: PgBoss, jobs: Job[], log: Log, takers: Takers | null) {
  await boss.start()
  const there = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  for (const job of jobs) {
    await openQueue(boss, there, deadLetters(job.name), kept)
    const whenDead = { deadLetter: deadLetters(job.name), heartbeatSeconds: 10 }
    await openQueue(boss, there, job.name, { ...kept, ...retries, ...whenDead, notify: true })
    if (takers) await workOn(boss, job, log, takers)
  }
}

// A queue that is there keeps the options it was made with, unless it is given new ones. One look tells which need a statement: each
// start of each server would send four for every job otherwise.
async function openQueue(boss: PgBoss, there: Map<string, Queue>, name: string, options: Omit<Queue, "name">) {
  const queue = there.get(name)
  if (!queue) await boss.createQueue(name, options)
  else if (Object.entries(options).some(([option, value]) => queue[option as keyof Queue] !== value))
    await boss.updateQueue(name, options)
}

// Four takers of up to five jobs each. A taker that got all five looks again at once: the queue's NOTIFY wakes it once
// per commit, however many jobs that brought, and without the second look the sixth would wait for the next poll.
// Each by a name of its own: with one for all four only the first could be woken.
const takersOfAQueue = 4
const taking = { batchSize: 5, burstWhenBatchFull: true, perJobResults: true } as const
// Woken when a job comes (NOTIFY) and when one is due or was not announced (timers, every five seconds): here a look of
// each taker of each queue would find nothing, and is what an idle server would do most.
const lookEvery = { pollingIntervalSeconds: 600, notifyPollingIntervalSeconds: 600 }

async function workOn(boss: PgBoss, job: Job, log: Log, takers: Takers) {
  const take = () =>
    boss.work<Payload>(job.name, { ...taking, ...lookEvery }, (batch) =>
      Promise.all(
        batch.map(async ({ id, data }) => {
          const failure = await failureOf(job, data ?? {}, log)
          return failure === null ? { id, status: "completed" } : { id, status: "failed", output: failure }
        }),
      ),
    )
  takers.set(job.name, await Promise.all(Array.from({ length: takersOfAQueue }, take)))
  const { gaveUp } = job
  if (gaveUp) {
    const buried = await boss.work(deadLetters(job.name), lookEvery, async (batch) => {
      for (const { data } of batch) await gaveUp((data ?? {}) as Payload)
    })
    takers.set(deadLetters(job.name), [buried])
  }
  if (job.cron) await boss.schedule(job.name, job.cron)
}

/** Runs one job; what went wrong, or null. One that fails does not hold back those taken with it. */
async function failureOf(job: Job, payload: Payload, log: Log): Promise<{ message: string } | null> {
  try {
    await job.run(payload)
    jobsDone.inc({ job: job.name, outcome: "done" })
    return null
  } catch (error) {
    jobsDone.inc({ job: job.name, outcome: "failed" })
    log.warn({ job: job.name, err: error }, "job failed")
    return { message: (error as Error).message }
  }
}
