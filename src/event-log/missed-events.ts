import type { Database } from "#kernel/db.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { isVisibleToContacts, type LoadTickets, previousRooms, socketEventsOf } from "./socket-events.ts"
import { lastPosition, readLog } from "./read-log.ts"

const replayedAtMost = 500

type Replay = {
  load: LoadTickets
  /** Of these tickets, those that they may see now. */
  visibleAmong: (ids: string[]) => Promise<Set<string>>
  /** Theirs. */
  rooms: string[]
}

/**
 * What somebody of the staff who last saw `lastEventId` missed, of the tickets that they may see now or lost meanwhile.
 * Who never was here has missed nothing. Too far back, or with a position that this log never gave (by its format from
 * before there were positions, or of a database that was put back), they must fetch everything anew.
 */
export async function missedEvents(
  db: Database,
  lastEventId: unknown,
  { load, visibleAmong, rooms }: Replay,
): Promise<{ emissions: SocketEvent[]; lastEventId: string } | "resync"> {
  const end = await lastPosition(db)
  if (lastEventId === undefined) return { emissions: [], lastEventId: String(end) }
  const position = readPosition(lastEventId)
  if (position === null || position > end) return "resync"
  const events = await readLog(db.kysely, position, replayedAtMost + 1)
  if (events.length > replayedAtMost) return "resync"
  const ids = [...new Set(events.flatMap((event) => event.ticketId ?? []))]
  const [now, visible] = await Promise.all([load(ids), visibleAmong(ids)])
  const seen = events.filter((event) => visible.has(event.ticketId ?? ""))
  const lost = events.filter(
    (event) => !visible.has(event.ticketId ?? "") && previousRooms(event).some((room) => rooms.includes(room)),
  )
  const emissions = [
    ...socketEventsOf(seen, now).filter((emission) => !isVisibleToContacts(emission) && emission.except === undefined),
    ...socketEventsOf(lost, now).filter(({ except }) => except !== undefined),
  ]
  return { emissions, lastEventId: String(events.at(-1)?.position ?? position) }
}

function readPosition(text: unknown): number | null {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null
}
