// Reading the log by position: the order in which its events became visible, given by the sequencer (sequencer.ts).
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Database } from "#kernel/db.ts"
import type { EventKind } from "./event-kinds.ts"

export type LoggedEvent = {
  id: number
  position: number
  at: Date
  /** When it became visible. */
  placedAt: Date
  kind: EventKind
  ticketId: string | null
  subjectId: string | null
  actorKind: string
  actorId: string | null
  depth: number
  data: Record<string, unknown>
}

const columns = sql`id, position, at, placed_at, kind, ticket_id, subject_id, actor_kind, actor_id, depth, data`

/** The next events after `position`, at most `limit`, oldest first. */
export async function readLog(from: Kysely<DB>, position: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await sql<LoggedEvent>`
    select ${columns} from events where events.position > 0 and events.position > ${position} order by position limit ${limit}`.execute(
    from,
  )
  return rows.rows
}

/** Where a reader stands that has read everything. All up to here is visible. */
export async function lastPosition({ kysely }: Pick<Database, "kysely">): Promise<number> {
  const rows = await sql<{ position: number }>`
    select position from event_readers where name = 'sequencer'`.execute(kysely)
  return rows.rows[0]?.position ?? 0
}

/** Those of some kinds after one position and up to another, at most `limit`, oldest first. */
export async function readKinds(
  from: Kysely<DB>,
  { after, upTo }: { after: number; upTo: number },
  kinds: string[],
  limit: number,
): Promise<LoggedEvent[]> {
  const rows = await sql<LoggedEvent>`
    select ${columns} from events where events.position > 0 and position > ${after} and position <= ${upTo} and kind = any(${kinds}::text[])
    order by position limit ${limit}`.execute(from)
  return rows.rows
}

/** Is there anything up to `end` that the reader of this name has not read? Also when there is no such reader. */
export async function hasUnreadEvents(db: Database, reader: LogReader, end: number): Promise<boolean> {
  const rows = await sql<{ unread: boolean }>`
    select coalesce((select position from event_readers where name = ${reader}), -1) < ${end} as unread`.execute(
    db.kysely,
  )
  return rows.rows[0]!.unread
}

/** Who reads the log as one for all servers, each at its own place. A new reader starts where its migration says. */
export const logReaders = ["reactions", "routing", "notifications", "customer emails", "sla"] as const
export type LogReader = (typeof logReaders)[number]
