// Two people changed the same thing. Whoever came second sees what the other chose, and decides.
import type { QueryClient } from "@tanstack/react-query"
import { Problem } from "../lib/api.ts"
import { createShared } from "../lib/shared.ts"
import type { Ticket } from "./ticket.ts"
import { ticketQuery } from "./tickets.ts"

export type Field = "status" | "priority" | "subject" | "assignee" | "team" | "tags" | "categories" | "customFields"

export interface Conflict {
  ref: string
  field: Field
  was: Ticket
  now: Ticket
  /** Who changed it, when the server knows. */
  by: string | null
  keepMine: () => void
}

/** Thrown for a change that waits for a decision; the banner says it, so nothing else must. */
export class Overtaken extends Error {}

const conflict = createShared<Conflict | undefined>(undefined)
export const setConflict = conflict.set

export const useConflict = (ref: string) => {
  const now = conflict.use()
  return now?.ref === ref ? now : undefined
}

interface Write {
  ref: string
  field: Field
  /** What the person was looking at. */
  seen: Ticket
  send: (match: Record<string, string>) => Promise<Ticket>
  /** Sends it again, over what the colleague chose. */
  again: (seen: Ticket) => void
}

/** Writes only over what was seen. Changes of other fields do not matter and are stepped over. */
export async function guarded(client: QueryClient, write: Write): Promise<Ticket> {
  const { ref, field, seen, send, again } = write
  try {
    return await send({ "if-match": `"${seen.version}"` })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "stale") throw error
    const now = await client.fetchQuery({ ...ticketQuery(ref), staleTime: 0 })
    if (isSame(field, seen, now)) return guarded(client, { ...write, seen: now })
    setConflict({ ref, field, was: seen, now, by: lastActor(error.body["changed"]), keepMine: () => again(now) })
    throw new Overtaken(field)
  }
}

const isSame = (field: Field, one: Ticket, other: Ticket) => JSON.stringify(one[field]) === JSON.stringify(other[field])

function lastActor(changed: unknown): string | null {
  if (!Array.isArray(changed)) return null
  const acts = changed as { actorId?: string | null }[]
  return acts.findLast((act) => act.actorId)?.actorId ?? null
}
