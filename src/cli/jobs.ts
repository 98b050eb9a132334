// hilo jobs [retry|drop [ID …]] [--json]: the jobs that failed for good; tried again, or let go of.
import { deadJobs, dropDeadJobs, retryDeadJobs } from "#kernel/dead-jobs.ts"
import type { CliDeps } from "./key.ts"
import { chosenIds, type Leftovers, printRows } from "./leftovers.ts"

export const usage = "hilo jobs [--json] | jobs retry [ID …] | jobs drop ID …"

/** Without ids `retry` takes all. */
export async function run(args: string[], { db, print }: CliDeps): Promise<void> {
  const wish: Leftovers = chosenIds(args, usage)
  const all = await deadJobs(db)
  if (wish.act === "list")
    return printRows(print, wish.isJson, all, ({ id, job, since, reason }) => [id, job, since, reason])
  const chosen = wish.ids.length === 0 ? all : all.filter(({ id }) => wish.ids.includes(id))
  if (wish.act === "retry") print(`${await retryDeadJobs(db, chosen)} tried again.`)
  else print(`${await dropDeadJobs(db, chosen)} let go of.`)
}
