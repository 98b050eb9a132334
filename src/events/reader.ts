// Reading the log as one: of all servers one reads under a name at a time, and what it does with the events commits
// together with how far it came. So each event is taken once.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { EventKind } from "./kinds.ts"
import { type LoggedEvent, type Position, readKinds } from "./log.ts"

const batch = 500

/** The next events of these kinds; the reader's place moves with the transaction. Null when another server reads, or nothing is new. */
export async function takeEvents(
  tx: Act["tx"],
  reader: string,
  kinds: EventKind[],
): Promise<{ events: LoggedEvent[]; more: boolean } | null> {
  // Whoever holds the row works; the others come back at the next poke.
  const cursor = await sql<Position>`
    select xid::text as xid, event_id as id from event_readers where name = ${reader} for update skip locked`.execute(
    tx,
  )
  const position = cursor.rows[0]
  if (!position) return null
  const { events, end } = await readKinds(tx, position, kinds, batch)
  if (!end) return null
  const more = events.length === batch
  const { xid, id } = more ? events.at(-1)! : end
  await sql`update event_readers set xid = ${xid}::xid8, event_id = ${id} where name = ${reader}`.execute(tx)
  return { events, more }
}
