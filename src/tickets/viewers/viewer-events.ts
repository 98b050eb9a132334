// The socket events about who is on a ticket. Pure: `ticket-viewers.ts` knows who is where.
import type { SocketEvent } from "#kernel/socket-server.ts"

export const modes = ["reply", "note"] as const
export type ViewerMode = (typeof modes)[number] | null
export type Viewers = Map<string, ViewerMode>
type Names = Map<string, string>

/** Somebody with two windows is there once, and writes if they write in either. */
export function mergeWindows(all: [string, ViewerMode][]): Viewers {
  const users: Viewers = new Map()
  for (const [user, mode] of all) users.set(user, mode ?? users.get(user) ?? null)
  return users
}

const named = (names: Names, user: string) => ({ id: user, name: names.get(user) ?? "" })

export const viewingEvent = (rooms: string[], ticketId: string, users: Viewers, names: Names): SocketEvent => ({
  rooms,
  name: "viewing",
  body: { ticketId, users: [...users.keys()].map((user) => named(names, user)) },
})

export type TypingUser = { user: string; mode: ViewerMode }

export const typingEvent = (
  rooms: string[],
  ticketId: string,
  { user, mode }: TypingUser,
  names: Names,
): SocketEvent => ({
  rooms,
  name: "typing",
  body: { ticketId, user: named(names, user), mode },
})

/** How things stand on a ticket, for somebody who has just come. */
export function viewersEvent(ticketId: string, users: Viewers, names: Names): SocketEvent[] {
  const writing = [...users].filter(([, mode]) => mode !== null)
  return [
    viewingEvent([], ticketId, users, names),
    ...writing.map(([user, mode]) => typingEvent([], ticketId, { user, mode }, names)),
  ]
}
