import type { Database } from "#kernel/db.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { socketEventsFor, type AudienceOf, isVisibleToContacts } from "./socket-delivery.ts"
import { lastPosition, readLog } from "./read-log.ts"

const replayedAtMost = 500

/**
 * What somebody of the staff who last saw `lastEventId` missed, of the tickets that `visibleAmong` says it may see now.
 * Who never was here has missed nothing. Too far back, or with a position that this log never gave (by its format from
 * before there were positions, or of a database that was put back), they must fetch everything anew.
 */
export async function missedEvents(
  db: Database,
  lastEventId: unknown,
  factsOf: AudienceOf,
  visibleAmong: (ids: string[]) => Promise<Set<string>>,
): Promise<{ emissions: SocketEvent[]; lastEventId: string } | "resync"> {
  const end = await lastPosition(db)
  if (lastEventId === undefined) return { emissions: [], lastEventId: String(end) }
  const position = readPosition(lastEventId)
  if (position === null || position > end) return "resync"
  const events = await readLog(db.kysely, position, replayedAtMost + 1)
  if (events.length > replayedAtMost) return "resync"
  const ids = [...new Set(events.flatMap((event) => event.ticketId ?? []))]
  const [facts, visible] = await Promise.all([factsOf(ids), visibleAmong(ids)])
  const seen = events.filter((event) => event.ticketId !== null && visible.has(event.ticketId))
  const last = events.at(-1)
  return {
    emissions: seen
      .flatMap((event) => socketEventsFor(event, facts.get(event.ticketId ?? "")))
      .filter((emission) => !isVisibleToContacts(emission)),
    lastEventId: String(last?.position ?? position),
  }
}

function readPosition(text: unknown): number | null {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null
}
