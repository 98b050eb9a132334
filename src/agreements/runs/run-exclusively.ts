// Each of the two jobs runs once at a time, on whichever server: a row holds the lease, by the database's clock. A server that died
// leaves it to who comes when it is over.
import { randomUUID } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { type Database, statement } from "#kernel/db.ts"
import type { RunCounts } from "./run-counts.ts"

export type RunOutcome = { checked: number; acted: number }

type Run = {
  job: string
  work: (counts: RunCounts) => Promise<void>
  /** What one ticket or system failed with. */
  report: (error: unknown) => void
  /** So long its caller waits, for its own run or another's (milliseconds); it goes on all the same. */
  patienceMs: number
}

const leaseSeconds = 60
const lookEveryMs = 200

/** Does the work, or waits for who is at it. What that run has checked and done as far as it is when the patience ends. */
export async function runExclusively(db: Database, run: Run): Promise<RunOutcome> {
  const until = performance.now() + run.patienceMs
  const token = randomUUID()
  for (;;) {
    if (await claim(db, run.job, token)) return workUntil(db, token, run, until)
    const outcome = await waitForOther(db, run.job, until)
    if (outcome) return outcome
  }
}

async function workUntil(db: Database, token: string, { job, work, report }: Run, until: number): Promise<RunOutcome> {
  const counts: RunCounts = {
    checked: 0,
    acted: 0,
    attempt: async (part) => {
      await part().catch(report)
    },
    goOn: () => renew(db, job, token),
  }
  const whole = async () => {
    await counts.attempt(() => work(counts))
    await counts.attempt(() => finish(db, job, token, counts))
  }
  await Promise.race([whole(), endOf(until)])
  const { checked, acted } = counts
  return { checked, acted }
}

const endOf = (until: number) =>
  until === Infinity
    ? new Promise<never>(() => {})
    : pause(Math.max(0, until - performance.now()), null, { ref: false })

async function claim(db: Database, job: string, token: string): Promise<boolean> {
  const rows = await db.run(
    statement(
      "claim-agreement-run",
      (p) => `insert into agreement_runs as r (job, token, lease_until)
        values (${p(job)}, ${p(token)}, clock_timestamp() + interval '${leaseSeconds} seconds')
        on conflict (job) do update set token = excluded.token, lease_until = excluded.lease_until, finished_at = null
        where r.lease_until is null or r.lease_until < clock_timestamp() returning job`,
    ),
  )
  return rows.length === 1
}

/** Throws when another server has taken the run over: this one has stood still for too long. */
async function renew(db: Database, job: string, token: string): Promise<void> {
  const rows = await db.run(
    statement(
      "renew-agreement-run",
      (p) => `update agreement_runs set lease_until = clock_timestamp() + interval '${leaseSeconds} seconds'
        where job = ${p(job)} and token = ${p(token)} returning job`,
    ),
  )
  if (rows.length === 0) throw new Error(`another server has taken over ${job}`)
}

async function finish(db: Database, job: string, token: string, { checked, acted }: RunOutcome): Promise<void> {
  await db.run(
    statement(
      "finish-agreement-run",
      (p) => `update agreement_runs set lease_until = null, finished_at = clock_timestamp(),
        checked = ${p(checked)}, acted = ${p(acted)} where job = ${p(job)} and token = ${p(token)}`,
    ),
  )
}

type OtherRun = RunOutcome & { token: string; isOver: boolean; isFinished: boolean }

/** Null: who was at it is gone, or another has begun meanwhile. */
async function waitForOther(db: Database, job: string, until: number): Promise<RunOutcome | null> {
  const first = await otherRun(db, job)
  for (let row = first; row && row.token === first!.token; row = await otherRun(db, job)) {
    const { checked, acted } = row
    if (row.isFinished || performance.now() >= until) return { checked, acted }
    if (row.isOver) return null
    await pause(lookEveryMs)
  }
  return null
}

async function otherRun(db: Database, job: string): Promise<OtherRun | undefined> {
  const [row] = await db.run<OtherRun>(
    statement(
      "other-agreement-run",
      (p) => `select token, coalesce(lease_until < clock_timestamp(), true) as "isOver",
        finished_at is not null as "isFinished", checked, acted from agreement_runs where job = ${p(job)}`,
    ),
  )
  return row
}
