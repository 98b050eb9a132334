import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { purgeBatch } from "#kernel/tidy.ts"

// Meta repeats and reorders reports for a week; after that the state of the message says all there is.
const keptDays = 30

/** Removes the reports that no later one can be weighed against any more. */
export async function purgeReports(act: Act): Promise<number> {
  const { rows } = await sql`delete from delivery_reports where ctid = any(array(
    select ctid from delivery_reports
    where at < ${act.now}::timestamptz - make_interval(days => ${keptDays}) limit ${purgeBatch}))
    returning external_id`.execute(act.tx)
  return rows.length
}
