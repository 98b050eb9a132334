import { sql } from "kysely"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

/** Removes the tickets that ended while they waited: routing looks at the others once their team has room. */
export const purgeRoutingQueue: Purge = (act) =>
  purgeRows(
    act,
    "routingQueue",
    sql`exists (select from tickets t where t.id = routing_queue.ticket_id and (not t.active or t.merged_into is not null))`,
  )
