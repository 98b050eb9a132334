// Jobs that failed for good, and what operators do with them: list, retry, drop.
import { sql } from "kysely"
import { PgBoss } from "pg-boss"
import type { Database } from "../db.ts"
import { deadLetters } from "./job-queue.ts"

export type DeadJob = { id: string; job: string; since: Date; reason: string | null; payload: unknown }

/** So many are looked at together. */
export const most = 1_000

/** Those that nobody has looked after yet (or these of them), oldest first; at most 1,000. None where no queue was ever made. */
export async function deadJobs(db: Database, ids: string[] = []): Promise<DeadJob[]> {
  if (!(await hasQueue(db))) return []
  const { rows } = await sql<DeadJob>`select id, left(name, -5) as job, created_on as since,
      coalesce(source_output, output)->>'message' as reason, data as payload from queue.job
    where name like '%.dead' and state not in ('completed', 'cancelled') and (${ids.length === 0} or id::text = any(${ids}::text[]))
    order by created_on, id limit ${most}`.execute(db.kysely)
  return rows
}

/** Jobs that nobody has taken an hour after they were due. */
export async function overdueJobs(db: Database): Promise<string[]> {
  if (!(await hasQueue(db))) return []
  const { rows } = await sql<{ job: string }>`select name || ' ' || id as job from queue.job
    where state < 'active' and not blocked and start_after < now() - interval '1 hour' and name not like '%.dead'
      and name not like '\\_\\_pgboss%' order by start_after limit ${most}`.execute(db.kysely)
  return rows.map(({ job }) => job)
}

async function hasQueue(db: Database): Promise<boolean> {
  const there = await sql<{ jobs: string | null }>`select to_regclass('queue.job')::text as jobs`.execute(db.kysely)
  return Boolean(there.rows[0]?.jobs)
}

/** Queues these again, each as if for the first time; how many. */
export const retryDeadJobs = (db: Database, jobs: DeadJob[]) =>
  withEach(db, jobs, (boss, job, ids) => boss.redrive(deadLetters(job), { ids, destination: job }))

/** Removes these; how many. */
export const dropDeadJobs = (db: Database, jobs: DeadJob[]) =>
  withEach(db, jobs, async (boss, job, ids) => {
    await boss.deleteJob(deadLetters(job), ids)
    return ids.length
  })

type Treatment = (boss: PgBoss, job: string, ids: string[]) => Promise<number>

async function withEach(db: Database, jobs: DeadJob[], treat: Treatment): Promise<number> {
  if (jobs.length === 0) return 0
  const boss = new PgBoss({ connectionString: db.url, schema: "queue", max: 1, supervise: false, schedule: false })
  boss.on("error", () => {})
  await boss.start()
  try {
    let treated = 0
    for (const [job, some] of Map.groupBy(jobs, (dead) => dead.job))
      treated += await treat(
        boss,
        job,
        some.map(({ id }) => id),
      )
    return treated
  } finally {
    await boss.stop({ graceful: false })
  }
}
