import { admin, anybodySignedIn, beStaff } from "./can.ts"
import type { Principal } from "./principal.ts"

/**
 * The tickets somebody may see, for lists to turn into SQL. Says the same as `seeTicket`, which a test compares:
 * of the contact `contactId`, or in one of `teamIds`, or (only when `byUser`) created by `userId` or assigned to them.
 */
export type TicketScope =
  | { all: true }
  | { none: true }
  | { userId: string; contactId: string | null; teamIds: string[]; byUser: boolean }

export function ticketScope(who: Principal): TicketScope {
  if (admin(who)) return { all: true }
  const { id: userId, contactId = null, teamIds } = who
  if (beStaff(who)) return { userId, contactId, teamIds, byUser: true }
  if (anybodySignedIn(who)) return { userId, contactId, teamIds: [], byUser: false }
  return { none: true }
}
