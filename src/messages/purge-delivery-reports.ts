import { sql } from "kysely"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

// Meta repeats and reorders reports for a week; after that the state of the message says all there is.
const keptDays = 30

/** Removes the reports that no later one can be weighed against any more. */
export const purgeReports: Purge = (act) =>
  purgeRows(act, "deliveryReports", sql`at < ${act.now}::timestamptz - make_interval(days => ${keptDays})`)
