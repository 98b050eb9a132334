import type { Database } from "#kernel/db.ts"
import type { Emission } from "#kernel/realtime.ts"
import { emissionsOf, type FactsOf, isForContacts } from "./deliver.ts"
import { endOfLog, positionText, readLog, readPosition } from "./log.ts"

const replayedAtMost = 500

/**
 * What somebody of the staff who last saw `lastEventId` missed, of the tickets that `visibleAmong` says it may see now.
 * Without a position it has missed nothing; too far back, it must fetch everything anew.
 */
export async function missedSince(
  db: Database,
  lastEventId: unknown,
  factsOf: FactsOf,
  visibleAmong: (ids: string[]) => Promise<Set<string>>,
): Promise<{ emissions: Emission[]; lastEventId: string } | "resync"> {
  const position = readPosition(lastEventId)
  if (!position) return { emissions: [], lastEventId: positionText(await endOfLog(db)) }
  const events = await readLog(db.kysely, position, replayedAtMost + 1)
  if (events.length > replayedAtMost) return "resync"
  const ids = [...new Set(events.flatMap((event) => event.ticketId ?? []))]
  const [facts, visible] = await Promise.all([factsOf(ids), visibleAmong(ids)])
  const seen = events.filter((event) => event.ticketId !== null && visible.has(event.ticketId))
  const last = events.at(-1)
  return {
    emissions: seen
      .flatMap((event) => emissionsOf(event, facts.get(event.ticketId ?? "")))
      .filter((emission) => !isForContacts(emission)),
    lastEventId: last ? positionText(last) : positionText(position),
  }
}
