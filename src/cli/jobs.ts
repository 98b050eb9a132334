// hilo jobs [retry|drop [ID …]] [--json]: the jobs that failed for good; retried, or dropped.
import type { Database } from "#kernel/db.ts"
import { type DeadJob, deadJobs, dropDeadJobs, most, retryDeadJobs } from "#kernel/jobs/dead-jobs.ts"
import type { CliDeps } from "./cli-deps-and-usage-error.ts"
import { parseRetryOrDrop, type RetryOrDrop, printRows } from "./list-retry-or-drop-subcommands.ts"

export const usage = "hilo jobs [--json] | jobs retry [ID …] | jobs drop ID …"

/** Without ids `retry` takes all. */
export async function run(args: string[], { db, print }: CliDeps): Promise<void> {
  const wish: RetryOrDrop = parseRetryOrDrop(args, usage)
  if (wish.act === "list") return list(await deadJobs(db), { isJson: wish.isJson, print })
  if (wish.act === "retry") print(`${await treatAll(db, wish.ids, retryDeadJobs)} tried again.`)
  else print(`${await treatAll(db, wish.ids, dropDeadJobs)} let go of.`)
}

function list(jobs: DeadJob[], { isJson, print }: Pick<CliDeps, "print"> & { isJson: boolean }) {
  printRows(print, isJson, jobs, ({ id, job, since, reason }) => [id, job, since, reason])
  if (jobs.length === most && !isJson) print(`These are the oldest ${most}; there may be more.`)
}

// What is treated is no longer there to be found.
async function treatAll(db: Database, ids: string[], treat: typeof retryDeadJobs): Promise<number> {
  let treated = 0
  for (;;) {
    const some = await treat(db, await deadJobs(db, ids))
    treated += some
    if (some < most) return treated
  }
}
