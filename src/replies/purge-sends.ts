import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { purgeBatch } from "#kernel/tidy.ts"

// Reports of a message come for a week; the message itself keeps how it ended.
const keptDays = 30

/** Removes the sends that ended well or were called off. Those that failed stay with their message: they can be retried. */
export async function purgeSends(act: Act): Promise<number> {
  const { rows } = await sql`delete from sends where message_id in (
    select message_id from sends where state in ('sent', 'cancelled')
      and created_at < ${act.now}::timestamptz - make_interval(days => ${keptDays}) limit ${purgeBatch})
    returning message_id`.execute(act.tx)
  return rows.length
}
