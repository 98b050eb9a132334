import { sql } from "kysely"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

// Reports of a message come for a week; the message itself keeps how it ended.
const keptDays = 30

/** Removes the sends that ended well or were called off. Those that failed stay with their message: they can be retried. */
export const purgeSends: Purge = (act) =>
  purgeRows(
    act,
    "sends",
    sql`state in ('sent', 'cancelled') and created_at < ${act.now}::timestamptz - make_interval(days => ${keptDays})`,
  )
