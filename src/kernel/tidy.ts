// Once an hour, what was kept for a while is forgotten. docs/operating.md says of each table what bounds it.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "./act.ts"
import type { Kit } from "./answer.ts"
import { keptHours } from "./kept-answers.ts"
import type { Job } from "./jobs.ts"

/** Removes what is past its time, at most `purgeBatch` rows a call where there may be many; how many were removed. */
export type Purge = (act: Act) => Promise<number | void>

/** So many rows a statement removes well within its time limit. */
export const purgeBatch = 5_000

/** One job for all that modules let go by the clock, each batch in a transaction of its own. */
export function tidyJob(kit: Kit, purges: Purge[]): Job {
  return {
    name: "tidy",
    cron: "17 * * * *",
    run: async () => {
      for (const purge of purges) while ((await once(kit, purge)) === purgeBatch);
    },
  }
}

const once = (kit: Kit, purge: Purge) => inTransaction(kit.db, { actor: system, now: kit.now() }, purge)

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
