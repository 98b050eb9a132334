import { admin, anybodySignedIn, beStaff } from "./can.ts"
import type { Principal } from "./principal.ts"

/**
 * The tickets somebody may see, for lists to turn into SQL. Says the same as `seeTicket`, which a test compares:
 * created by `userId`, or of the contact `contactId`, or in one of `teamIds`, or (only when `assigned`) assigned to `userId`.
 */
export type TicketScope =
  | { all: true }
  | { none: true }
  | { userId: string; contactId: string | null; teamIds: string[]; assigned: boolean }

export function ticketScope(who: Principal): TicketScope {
  if (admin(who)) return { all: true }
  const { id: userId, contactId = null, teamIds } = who
  if (beStaff(who)) return { userId, contactId, teamIds, assigned: true }
  if (anybodySignedIn(who)) return { userId, contactId, teamIds: [], assigned: false }
  return { none: true }
}
