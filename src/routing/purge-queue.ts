import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { purgeBatch } from "#kernel/tidy.ts"

/** Removes the tickets that ended while they waited: routing looks at the others once their team has room. */
export async function purgeRoutingQueue(act: Act): Promise<number> {
  const { rows } = await sql`delete from routing_queue where ticket_id in (
    select q.ticket_id from routing_queue q join tickets t on t.id = q.ticket_id
    where not t.active or t.merged_into is not null limit ${purgeBatch} for update of q skip locked)
    returning ticket_id`.execute(act.tx)
  return rows.length
}
