// What a socket of the staff's says about tickets and colleagues, brought to what is loaded.
import type { QueryClient } from "@tanstack/react-query"
import type { Socket } from "socket.io-client"
import type { TicketNotice } from "./ticket-notice-and-row.ts"
import { patchPresence, type PresenceNotice } from "./patch-presence.ts"
import { createTicketUpdates, type TicketUpdates } from "./apply-ticket-notices.ts"

/** What the next connection sends: the last event seen here, and by which grants. */
export interface SeenSoFar {
  lastEventId?: string | number | undefined
  grants?: string | undefined
}

/** What the handshake carries, so that the server sends what was missed: for a page without any event yet, since it was opened. */
export const tellSeen = (seen: SeenSoFar, openedMs: number) =>
  seen.lastEventId !== undefined || openedMs > longestOpening
    ? { ...seen, lastEventId: seen.lastEventId ?? "" }
    : { openedMs: Math.ceil(openedMs) }

/** A client that waited longer has to fetch everything: an empty id is none that the log gave. */
const longestOpening = 60_000

/** `seen` is kept up to date; `isHidden` as for `createTicketUpdates`. */
export function followSocket(
  socket: Pick<Socket, "on">,
  client: QueryClient,
  seen: SeenSoFar,
  isHidden: () => boolean,
): TicketUpdates {
  const updates = createTicketUpdates(client, isHidden)
  // What comes before the replay has ended is no place to go on from: a connection that breaks then missed what lay before.
  let isReplayed = false
  socket.on("connect", () => (isReplayed = false))
  socket.on("ready", ({ eventId, grants }: { eventId?: string; grants?: string }) => {
    isReplayed = true
    Object.assign(seen, { grants, ...(eventId !== undefined && { lastEventId: eventId }) })
  })
  // Every event of a ticket brings its row.
  socket.on("ticket", (notice: TicketNotice) => {
    if (isReplayed && notice.eventId !== undefined) seen.lastEventId = notice.eventId
    updates.ticket({ ...notice, isReplay: !isReplayed })
  })
  socket.on("presence", (notice: PresenceNotice) => patchPresence(client, notice))
  socket.on("resync", updates.miss)
  return updates
}
