// Reading the log in commit order. A transaction may commit after a later one began and was read, so ids alone would
// skip it: rows are taken in the order (xid, id) and only below the oldest transaction that is still running.
// The order names the table's columns: a bare xid would mean the text that is selected, and "10" comes before "9".
import { sql } from "kysely"
import type { Database, Statement } from "#kernel/db.ts"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { EventKind } from "./kinds.ts"

export type Position = { xid: string; id: number }

export type LoggedEvent = {
  id: number
  xid: string
  at: Date
  kind: EventKind
  ticketId: string | null
  subjectId: string | null
  actorKind: string
  actorId: string | null
  depth: number
  data: Record<string, unknown>
}

/** The next events after `position`, at most `limit`, oldest first. */
export async function readLog(from: Kysely<DB>, position: Position, limit: number): Promise<LoggedEvent[]> {
  const rows = await sql<LoggedEvent>`
    select id, xid::text as xid, at, kind, ticket_id, subject_id, actor_kind, actor_id, depth, data from events
    where (xid, id) > (${position.xid}::xid8, ${position.id}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by events.xid, events.id limit ${limit}`.execute(from)
  return rows.rows
}

/**
 * The same for a reader that cares for some kinds only: most events concern nobody, and stay in the database. `end` is
 * the last safe position, null when there is nothing new at all.
 */
export async function readKinds(from: Kysely<DB>, position: Position, kinds: string[], limit: number) {
  const after = sql`(xid, id) > (${position.xid}::xid8, ${position.id}::bigint)`
  const end = await sql<Position>`
    select xid::text as xid, id from events where ${after} and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by events.xid desc, events.id desc limit 1`.execute(from)
  const last = end.rows[0] ?? null
  if (!last) return { events: [], end: null }
  const rows = await sql<LoggedEvent>`
    select id, xid::text as xid, at, kind, ticket_id, subject_id, actor_kind, actor_id, depth, data from events
    where ${after} and (xid, id) <= (${last.xid}::xid8, ${last.id}::bigint) and kind = any(${kinds}::text[])
    order by events.xid, events.id limit ${limit}`.execute(from)
  return { events: rows.rows, end: last }
}

/** The end of what is safe to read now: everything later will be seen by a reader that starts here. */
export async function endOfLog(db: Database): Promise<Position> {
  const rows = await sql<Position>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid, 0 as id`.execute(
    db.kysely,
  )
  return rows.rows[0] ?? { xid: "0", id: 0 }
}

/** Is something written that cannot be read yet, because an older transaction still runs? The newest row alone tells. */
export async function someAreWaiting(db: Database): Promise<boolean> {
  const [row] = await db.run<{ waiting: boolean }>(waitingStatement)
  return row?.waiting ?? false
}

const waitingStatement: Statement = {
  name: "log-waiting",
  text: `select (select xid from events order by xid desc, id desc limit 1) >= pg_snapshot_xmin(pg_current_snapshot()) as waiting`,
  values: [],
}

/** Is there anything before `end` that the reader of this name has not read? Also when there is no such reader. */
export async function isUnread(db: Database, reader: string, end: Position): Promise<boolean> {
  const rows = await sql<{ unread: boolean }>`
    select exists (select from events e left join event_readers r on r.name = ${reader}
      where e.xid < ${end.xid}::xid8 and (r.name is null or (e.xid, e.id) > (r.xid, r.event_id))) as unread`.execute(
    db.kysely,
  )
  return rows.rows[0]?.unread ?? false
}

export const positionText = (p: Position) => `${p.xid}.${p.id}`

export function readPosition(text: unknown): Position | null {
  const match = typeof text === "string" ? /^(\d{1,20})\.(\d{1,16})$/.exec(text) : null
  return match ? { xid: match[1]!, id: Number(match[2]) } : null
}
