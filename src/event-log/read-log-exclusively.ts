// Reading the log as one: of all servers one reads under a name at a time, and what it does with the events commits
// together with how far it came. So each event is taken once.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { EventKind } from "./event-kinds.ts"
import { type LoggedEvent, type LogReader, readKinds } from "./read-log.ts"

const batch = 500
/** However rare its kinds are, a reader looks at no more than this at a time. */
const lookedThrough = 5_000

/** How far the reader of this name has read, which nobody else does until the transaction ends; null while somebody does. */
export async function lockReader(tx: Act["tx"], reader: LogReader): Promise<number | null> {
  const { rows } = await sql<{ position: number }>`
    select position from event_readers where name = ${reader} for update skip locked`.execute(tx)
  return rows[0]?.position ?? null
}

/** The next events of these kinds; the reader's place moves with the transaction. Null when another server reads, or nothing is new. */
export async function readExclusively(
  tx: Act["tx"],
  reader: LogReader,
  kinds: EventKind[],
): Promise<{ events: LoggedEvent[]; more: boolean } | null> {
  // The holder of the row works; other servers come back at the next wake-up.
  const cursor = await sql<{ after: number; end: number }>`
    select r.position as after, s.position as end from event_readers r, event_readers s
    where r.name = ${reader} and s.name = 'sequencer' and s.position > r.position for update of r skip locked`.execute(
    tx,
  )
  if (!cursor.rows[0]) return null
  const { after, end } = cursor.rows[0]
  const upTo = Math.min(end, after + lookedThrough)
  const events = await readKinds(tx, { after, upTo }, kinds, batch)
  const place = events.length === batch ? events.at(-1)!.position : upTo
  await sql`update event_readers set position = ${place} where name = ${reader}`.execute(tx)
  return { events, more: place < end }
}
