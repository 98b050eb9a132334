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

/** One job for all that modules let go by the clock, each batch in a transaction of its own. One that fails stops no other. */
export function tidyJob(kit: Kit, purges: Purge[]): Job {
  return {
    name: "tidy",
    cron: "17 * * * *",
    run: async () => {
      const failures: unknown[] = []
      for (const purge of purges) await all(kit, purge).catch((error: unknown) => failures.push(error))
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "))
    },
  }
}

async function all(kit: Kit, purge: Purge): Promise<void> {
  while ((await inTransaction(kit.db, { actor: system, now: kit.now() }, purge)) === purgeBatch);
}

/** Kept answers are as large as what was answered. */
export async function forgetOldKeys(act: Act): Promise<number> {
  const { rows } = await sql`delete from idempotency_keys where ctid = any(array(
    select ctid from idempotency_keys where created_at < now() - make_interval(hours => ${keptHours})
    order by created_at limit ${purgeBatch})) returning key`.execute(act.tx)
  return rows.length
}

/** Counts whose time is over; the next point would begin such a key anew (points.ts). */
export async function forgetOldLimits(act: Act): Promise<void> {
  await act.tx
    .deleteFrom("rateLimits")
    .where("expire", "<", sql<number>`extract(epoch from now()) * 1000`)
    .execute()
}
