import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"

const patienceSeconds = 30

/** Do facts wait for their consequences longer than they should? Then no server with a worker's role is running. */
export async function reactionsAreBehind(db: Database): Promise<boolean> {
  const rows = await sql<{ behind: boolean }>`
    select exists (
      select from events e, event_readers r where r.name = 'reactions' and (e.xid, e.id) > (r.xid, r.event_id)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        and e.at < now() - make_interval(secs => ${patienceSeconds})) as behind`.execute(db.kysely)
  return rows.rows[0]?.behind ?? false
}
