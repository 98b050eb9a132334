// Once a day, what was kept for a while is forgotten.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "./act.ts"
import type { Kit } from "./answer.ts"
import { keptHours } from "./kept-answers.ts"
import type { Job } from "./jobs.ts"

/** One job for all that modules let go by the clock, each in a transaction of its own. */
export function tidyJob(kit: Kit, verbs: ((act: Act) => Promise<void>)[]): Job {
  return {
    name: "tidy",
    cron: "17 3 * * *",
    run: async () => {
      for (const verb of verbs) await inTransaction(kit.db, { actor: system, now: kit.now() }, verb)
    },
  }
}

export async function forgetOldKeys(act: Act): Promise<void> {
  await act.tx
    .deleteFrom("idempotencyKeys")
    .where("createdAt", "<", sql<Date>`now() - make_interval(hours => ${keptHours})`)
    .execute()
}

/** Limits that no longer count; the limiter itself would begin such a key anew. */
export async function forgetOldLimits(act: Act): Promise<void> {
  await act.tx
    .deleteFrom("rateLimits")
    .where("expire", "<", sql<number>`extract(epoch from now()) * 1000`)
    .execute()
}
