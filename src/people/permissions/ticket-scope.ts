import { admin, anybodySignedIn, beStaff } from "./can.ts"
import type { Principal, Reads } from "./principal.ts"

const nothing: Reads = { contactIds: [], identityIds: [] }

/**
 * The tickets somebody may see, for lists to turn into SQL. Says the same as `seeTicket`, which a test compares:
 * of the contact `contactId` as far as they `read` it, or in one of `teamIds`, or (only when `byUser`) created by `userId`
 * or assigned to them.
 */
export type TicketScope =
  | { all: true }
  | { none: true }
  | { userId: string; contactId: string | null; reads: Reads; teamIds: string[]; byUser: boolean }

export function ticketScope(who: Principal): TicketScope {
  if (admin(who)) return { all: true }
  const { id: userId, contactId = null, reads = nothing, teamIds } = who
  if (beStaff(who)) return { userId, contactId, reads, teamIds, byUser: true }
  if (anybodySignedIn(who)) return { userId, contactId, reads, teamIds: [], byUser: false }
  return { none: true }
}
