// What is said of who is on a ticket, and to whom. Pure: `company.ts` knows who is where.
import type { Emission } from "#kernel/realtime.ts"
import type { TicketFacts } from "#events/index.ts"

export const modes = ["reply", "note"] as const
export type Mode = (typeof modes)[number] | null
export type People = Map<string, Mode>
type Names = Map<string, string>

/** Somebody with two windows is there once, and writes if they write in either. */
export function together(all: [string, Mode][]): People {
  const users: People = new Map()
  for (const [user, mode] of all) users.set(user, mode ?? users.get(user) ?? null)
  return users
}

/** Never to whoever is not staff, though they may see the ticket: those rooms are joined by staff alone. */
export function staffRoomsOf({ teamId, assigneeId, createdById }: TicketFacts): string[] {
  const people = [assigneeId, createdById].flatMap((user) => (user === null ? [] : [`staff:${user}`]))
  return ["admins", ...(teamId === null ? [] : [`team:${teamId}`]), ...people]
}

const named = (names: Names, user: string) => ({ id: user, name: names.get(user) ?? "" })

export const viewing = (rooms: string[], ticketId: string, users: People, names: Names): Emission => ({
  rooms,
  name: "viewing",
  body: { ticketId, users: [...users.keys()].map((user) => named(names, user)) },
})

export type Writer = { user: string; mode: Mode }

export const typing = (rooms: string[], ticketId: string, { user, mode }: Writer, names: Names): Emission => ({
  rooms,
  name: "typing",
  body: { ticketId, user: named(names, user), mode },
})

/** How things stand on a ticket, for somebody who has just come. */
export function standing(ticketId: string, users: People, names: Names): Emission[] {
  const writing = [...users].filter(([, mode]) => mode !== null)
  return [
    viewing([], ticketId, users, names),
    ...writing.map(([user, mode]) => typing([], ticketId, { user, mode }, names)),
  ]
}
