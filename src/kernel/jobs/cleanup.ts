// Once an hour, what was kept for a while is purged. docs/operating.md says of each table what bounds it.
import { type RawBuilder, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { type Act, inTransaction, system } from "../act.ts"
import type { Kit } from "../kit.ts"
import { idempotencyHours } from "../http/idempotency-keys.ts"
import type { Job } from "./job-queue.ts"

/** Removes what is past its time, at most `purgeBatch` rows a call; how many were removed. */
export type Purge = (act: Act) => Promise<number>

/** So many rows a statement removes well within its time limit. */
export const purgeBatch = 5_000

/** A purge of those rows of the table that meet the condition. What somebody is at work on is left for the next time. */
export async function purgeRows(act: Act, table: keyof DB, condition: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)} where ctid = any(array(
    select ctid from ${sql.table(table)} where ${condition} limit ${purgeBatch} for update skip locked))`.execute(
    act.tx,
  )
  return Number(numAffectedRows)
}

/** As many calls as it takes. */
export const purgeAll = (purge: Purge) => async (act: Act) => {
  while ((await purge(act)) === purgeBatch);
}

/** One job for all purges that modules have, each batch in a transaction of its own. One that fails stops no other. */
export function cleanupJob(kit: Kit, purges: Purge[]): Job {
  return {
    name: "cleanup",
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
export const purgeIdempotencyKeys: Purge = (act) =>
  purgeRows(act, "idempotencyKeys", sql`created_at < now() - make_interval(hours => ${idempotencyHours})`)

/** Counts whose time is over; the next point would begin such a key anew (rate-limits.ts). */
export const purgeRateLimits: Purge = (act) =>
  purgeRows(act, "rateLimits", sql`expire < extract(epoch from now()) * 1000`)
