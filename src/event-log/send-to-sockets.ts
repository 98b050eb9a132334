// Real time: follows the log for the sockets of this server.
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { createSummaries } from "./last-sent-ticket-summaries.ts"
import { placedTopic } from "./sequencer.ts"
import { lastPosition, type LoggedEvent, readLog } from "./read-log.ts"
import { eventsByTicket, type LoadTickets, socketEventsOf } from "./logged-event-to-socket-events.ts"

const batch = 500
const everyMs = 25
/** No timer knows the cursor of a server's sockets: a lost wake-up is found by polling. */
const pollMs = 5_000
/** Longer than anybody takes to come in. */
const restsAfterMs = 60_000

type Parts = {
  load: LoadTickets
  emit: (emission: SocketEvent) => void
  /** Resolves when nobody is in a room any more whom these events took out of it. */
  onEvents: (events: LoggedEvent[]) => Promise<void>
  /** Is a socket open on this server? */
  hasSockets: () => boolean
}

export type SocketDelivery = PollingLoop & {
  /** Its cursor; null while no socket is connected. */
  position: () => number | null
  /** To be awaited before a client is given a position: from then on it receives all that comes after. */
  begin: () => Promise<void>
}

/** Follows the log for this server's sockets and sends them what they may see. Without a socket it follows nothing. */
export function startSocketDelivery(
  db: Database,
  log: Log,
  { load, emit, onEvents, hasSockets }: Parts,
): SocketDelivery {
  let position: number | null = null
  let heardAt = -Infinity
  let summaries = createSummaries()
  const begin = async () => {
    heardAt = performance.now()
    if (position !== null) return
    const end = await lastPosition(db)
    if (position === null) goTo(end)
  }
  // What was sent before a place where nobody listened says nothing of what is there now.
  const goTo = (place: number) => {
    position = place
    summaries = createSummaries()
  }
  const read = async () => {
    if (hasSockets()) heardAt = performance.now()
    else if (performance.now() - heardAt > restsAfterMs) position = null
    if (position === null) return false
    const events = await readLog(db.kysely, position, batch)
    const last = events.at(-1)
    if (!last) {
      // A database that was put back, or a standby that had not everything, goes on from where it is.
      const end = await lastPosition(db)
      if (end < position) goTo(end)
      return false
    }
    await onEvents(events)
    const messages = events.flatMap((e) => (e.kind.startsWith("message.") ? (e.subjectId ?? []) : []))
    const ofTickets = eventsByTicket(events)
    const now = await load([...new Set(ofTickets.flatMap((e) => e.ticketId ?? []))], messages)
    for (const emission of socketEventsOf(ofTickets, now, summaries)) emit(emission)
    position = last.position
    return events.length === batch
  }
  const loop = startPollingLoop(db, log, { name: "sockets", step: read, everyMs, pollMs, topics: [placedTopic] })
  return { ...loop, position: () => position, begin }
}
