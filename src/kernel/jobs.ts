// The queue: jobs live in the same database as what they are about and are sent in the same transaction.
import { fromKysely, PgBoss } from "pg-boss"
import type { Act } from "./act.ts"
import type { Log } from "./log.ts"
import { jobsDone } from "./metrics.ts"

/** Work done later. It may run more than once, so it must be safe to repeat. Throwing means: try again later. */
export type Job = {
  name: string
  run: (payload: Record<string, unknown>) => Promise<void>
  /** What remains to be said when the last try has failed. */
  gaveUp?: (payload: Record<string, unknown>) => Promise<void>
  cron?: string
}

export type Jobs = {
  start: () => Promise<void>
  /** Sends in the caller's transaction; the job exists if and only if that commits. */
  enqueue: (tx: Act["tx"], name: string, payload: Record<string, unknown>, after?: Date) => Promise<void>
  stop: () => Promise<void>
}

// Two seconds, then twice as long each time: the last try comes after about an hour.
const retries = { retryLimit: 10, retryDelay: 2, retryBackoff: true, retryDelayMax: 1_800 }
const deadLetters = (name: string) => `${name}.dead`

/** `work: false` only sends. `jobs` must be the same on every server, so that every queue exists. */
export function createJobs(url: string, log: Log, jobs: Job[], { work }: { work: boolean }): Jobs {
  const boss = new PgBoss({
    connectionString: url,
    schema: "queue",
    application_name: "hilo queue",
    max: 4,
    supervise: work,
    schedule: work,
    useListenNotify: work,
  })
  boss.on("error", (error) => log.warn({ err: error }, "queue"))
  return {
    start: () => startAll(boss, jobs, log, work),
    enqueue: async (tx, name, payload, after) => {
      await boss.send(name, payload, { db: fromKysely(tx), ...(after && { startAfter: after }) })
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000 }),
  }
}

async function startAll(boss: PgBoss, jobs: Job[], log: Log, work: boolean) {
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(deadLetters(job.name))
    await boss.createQueue(job.name, {
      ...retries,
      deadLetter: deadLetters(job.name),
      notify: true,
      heartbeatSeconds: 10,
    })
    if (work) await workOn(boss, job, log)
  }
}

async function workOn(boss: PgBoss, job: Job, log: Log) {
  await boss.work(job.name, { batchSize: 1, localConcurrency: 4, pollingIntervalSeconds: 2 }, async (batch) => {
    for (const { data } of batch) await runOne(job, (data ?? {}) as Record<string, unknown>, log)
  })
  const { gaveUp } = job
  if (gaveUp) {
    await boss.work(deadLetters(job.name), async (batch) => {
      for (const { data } of batch) await gaveUp((data ?? {}) as Record<string, unknown>)
    })
  }
  if (job.cron) await boss.schedule(job.name, job.cron)
}

async function runOne(job: Job, payload: Record<string, unknown>, log: Log) {
  try {
    await job.run(payload)
    jobsDone.inc({ job: job.name, outcome: "done" })
  } catch (error) {
    jobsDone.inc({ job: job.name, outcome: "failed" })
    log.warn({ job: job.name, err: error }, "job failed")
    throw error
  }
}
