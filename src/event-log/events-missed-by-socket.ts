import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import {
  asksToFetchAnew,
  eventsByTicket,
  isVisibleToContacts,
  type LoadTickets,
  previousRooms,
  socketEventsOf,
} from "./logged-event-to-socket-events.ts"
import { lastPosition, type LoggedEvent, readLog } from "./read-log.ts"

const replayedAtMost = 500
/** What was asked for before its page was counted as open. */
const slackMs = 2_000

/** What a client says of itself: the last event it saw, or else how long ago its page was opened. */
type LastSeen = { lastEventId?: unknown; openedMs?: unknown }

type Replay = {
  load: LoadTickets
  /** Of these tickets, those that they may see now. */
  visibleAmong: (ids: string[]) => Promise<Set<string>>
  /** Theirs. */
  rooms: string[]
}

/**
 * What somebody of the staff missed since the last event they saw, or since their page asked for what it shows: of the tickets that
 * they may see now or lost meanwhile, and of who came or went. Who says neither has missed nothing. Too far back, or with a position
 * that this log never gave (by its format from before there were positions, or of a database that was put back), they must fetch
 * everything anew.
 */
export async function missedEvents(
  db: Database,
  { lastEventId, openedMs }: LastSeen,
  { load, visibleAmong, rooms }: Replay,
): Promise<{ emissions: SocketEvent[]; lastEventId: string } | "resync"> {
  const end = await lastPosition(db)
  const isNew = lastEventId === undefined
  if (isNew && typeof openedMs !== "number") return { emissions: [], lastEventId: String(end) }
  const position = isNew ? Math.max(0, end - replayedAtMost) : readPosition(lastEventId)
  if (position === null || position > end) return "resync"
  const read = isNew ? await readLog(db.kysely, position, replayedAtMost + 1) : await readFrom(db, position)
  if (read === null || read.length > replayedAtMost) return "resync"
  const from = isNew ? await openedAt(db, Number(openedMs)) : null
  // All of them came since: there may be more before them.
  if (from !== null && position > 0 && read[0] && read[0].placedAt >= from) return "resync"
  const events = eventsByTicket(from === null ? read : read.filter(({ placedAt }) => placedAt >= from))
  const ids = [...new Set(events.flatMap((event) => event.ticketId ?? []))]
  if (ids.length > replayedAtMost || events.some(asksToFetchAnew)) return "resync"
  const [now, visible] = await Promise.all([load(ids), visibleAmong(ids)])
  const seen = events.filter(({ kind, ticketId }) => kind === "presence.changed" || visible.has(ticketId ?? ""))
  const lost = events.filter(
    (event) => !visible.has(event.ticketId ?? "") && previousRooms(event).some((room) => rooms.includes(room)),
  )
  const emissions = [
    ...socketEventsOf(seen, now).filter(
      (emission) => !isVisibleToContacts(emission) && emission.except === undefined && isFor(rooms, emission),
    ),
    ...socketEventsOf(lost, now).filter(({ except }) => except !== undefined),
  ]
  return { emissions, lastEventId: String(read.at(-1)?.position ?? position) }
}

/**
 * After this position; of an event there about several tickets a connection that broke may have brought some: it comes again. Null
 * when no event is there: a copy of this log that was lost gave it.
 */
async function readFrom({ kysely }: Database, position: number): Promise<LoggedEvent[] | null> {
  const read = await readLog(kysely, Math.max(0, position - 1), replayedAtMost + 2)
  if (position > 0 && read[0]?.position !== position) return null
  return read.filter((event) => event.position > position || Array.isArray(event.data["ticketIds"]))
}

/** Who sees a ticket receives what happens to it; its deadlines those alone who are to act on them. */
const isFor = (rooms: string[], { name, rooms: to }: SocketEvent) =>
  !name.startsWith("ticket:sla:") || to.some((room) => rooms.includes(room))

/** By the one clock, not by that of the browser. */
async function openedAt({ kysely }: Database, openedMs: number): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(kysely)
  return new Date(rows[0]!.now.getTime() - openedMs - slackMs)
}

function readPosition(text: unknown): number | null {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null
}
