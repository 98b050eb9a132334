// Turns facts into jobs. One dispatcher at a time, by a lease on its row; any server may be it.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { followLog } from "./follow.ts"
import { type LoggedEvent, readLog } from "./log.ts"
import { deepestChain, type ReactionPayload, reactions } from "./reactions.ts"

const batch = 500
const reader = "reactions"

type Enqueue = (tx: Act["tx"], name: string, payload: Record<string, unknown>) => Promise<void>

export function startDispatcher(db: Database, log: Log, enqueue: Enqueue) {
  return followLog(db, log, () => dispatchOnce(db, log, enqueue))
}

/** Queues the reactions of the next events and moves the cursor in the same transaction. True when there is more. */
export async function dispatchOnce(db: Database, log: Log, enqueue: Enqueue): Promise<boolean> {
  return db.kysely.transaction().execute(async (tx) => {
    // Whoever holds the row works; the others come back at the next poke.
    const cursor = await sql<{ xid: string; id: number }>`
      select xid::text as xid, event_id as id from event_readers where name = ${reader} for update skip locked`.execute(
      tx,
    )
    const position = cursor.rows[0]
    if (!position) return false
    const events = await readLog(tx, position, batch)
    const last = events.at(-1)
    if (!last) return false
    for (const event of events) await react(tx, log, enqueue, event)
    await sql`update event_readers set xid = ${last.xid}::xid8, event_id = ${last.id} where name = ${reader}`.execute(
      tx,
    )
    return events.length === batch
  })
}

async function react(tx: Act["tx"], log: Log, enqueue: Enqueue, event: LoggedEvent) {
  const names: readonly string[] = reactions[event.kind as keyof typeof reactions] ?? []
  if (names.length > 0 && event.depth >= deepestChain) {
    log.error({ eventId: event.id, kind: event.kind }, "a chain of reactions was cut")
    return
  }
  const payload: ReactionPayload = {
    eventId: event.id,
    depth: event.depth,
    ticketId: event.ticketId,
    subjectId: event.subjectId,
  }
  for (const name of names) await enqueue(tx, name, payload)
}
