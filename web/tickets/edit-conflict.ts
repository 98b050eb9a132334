// Two people changed the same thing. The second sees what the first chose, and decides.
import type { QueryClient } from "@tanstack/react-query"
import { Problem } from "../lib/api-client.ts"
import { createSharedState } from "../lib/shared-state.ts"
import type { Ticket } from "./ticket.ts"
import { readTicket, ticketQuery } from "./ticket-queries.ts"
import { withUnconfirmed } from "./unconfirmed-changes.ts"

export type TicketField =
  | "status"
  | "priority"
  | "subject"
  | "assignee"
  | "team"
  | "tags"
  | "categories"
  | "customFields"

export interface EditConflict {
  ref: string
  field: TicketField
  was: Ticket
  now: Ticket
  /** Who changed it, when the server knows. */
  by: string | null
  keepMine: () => void
}

/** Thrown for a change that waits for a decision; the banner says it, so nothing else must. */
export class EditConflictError extends Error {
  /** As the colleague's change left it. */
  readonly now: Ticket

  constructor(field: TicketField, now: Ticket) {
    super(field)
    this.now = now
  }
}

const conflict = createSharedState<EditConflict | undefined>(undefined)
export const setEditConflict = conflict.set

export const useEditConflict = (ref: string) => {
  const now = conflict.use()
  return now?.ref === ref ? now : undefined
}

interface Write {
  ref: string
  field: TicketField
  /** What the person was looking at. */
  seen: Ticket
  send: (match: Record<string, string>) => Promise<Ticket>
  /** Sends it again, over what the colleague chose. */
  again: (seen: Ticket) => void
  /** Whether the ticket is as the person wants it already. */
  isDone?: (now: Ticket) => boolean
}

/** Writes only over what was seen. Changes of other fields do not matter and are stepped over, and who chose the same agrees. */
export async function writeIfUnchanged(client: QueryClient, write: Write): Promise<Ticket> {
  const { ref, field, seen, send, again, isDone } = write
  try {
    return await send({ "if-match": `"${seen.version}"` })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "stale") throw error
    const now = await readTicket(ref)
    client.setQueryData(ticketQuery(ref).queryKey, withUnconfirmed(ref, now))
    if (isDone?.(now)) return now
    if (isSame(field, seen, now)) return writeIfUnchanged(client, { ...write, seen: now })
    setEditConflict({ ref, field, was: seen, now, by: lastActor(error.body["changed"]), keepMine: () => again(now) })
    throw new EditConflictError(field, now)
  }
}

const isSame = (field: TicketField, one: Ticket, other: Ticket) =>
  JSON.stringify(one[field]) === JSON.stringify(other[field])

function lastActor(changed: unknown): string | null {
  if (!Array.isArray(changed)) return null
  const acts = changed as { actorId?: string | null }[]
  return acts.findLast((act) => act.actorId)?.actorId ?? null
}
