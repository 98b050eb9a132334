// Replies to a merged ticket, and its number, follow it to where its messages are now.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { can, type Principal } from "#people/index.ts"
import { activeOf, rootOf } from "./merge-store.ts"
import { lockTicket, seen, type TicketRow } from "./store.ts"

/**
 * Locks the ticket that a reply to `ref` lands on. A customer's reply follows wherever the ticket went; staff write only
 * on what they see (409 `merged`). The end of the chain is locked first and looked at again: undoing keeps it locked too.
 */
export async function lockFollowing(act: Act, who: Principal, ref: string): Promise<TicketRow> {
  for (;;) {
    const found = await seen(act.tx, who, ref)
    if (!found) throw notFound("ticket")
    const root = found.mergedInto === null ? found.id : await rootOf(act.tx, found.id)
    if (root !== found.id && can.beStaff(who) && !(await seen(act.tx, who, root)))
      throw new Refusal("conflict", "merged", "It was merged into a ticket that you may not see")
    const ticket = await lockTicket(act, root)
    if (ticket.mergedInto === null && (await rootOf(act.tx, found.id)) === root) return ticket
  }
}

/**
 * Locks the active ticket of the thread, through all its aliases; null when there is none. One that was closed while we
 * waited for it is active no more: then we look again.
 */
export async function lockActive(act: Act, threadKey: string): Promise<TicketRow | null> {
  for (;;) {
    const found = await activeOf(act.tx, threadKey)
    const ticket = found && (await lockTicket(act, found.id))
    if (!ticket || ticket.active) return ticket
  }
}

/** Where the messages of a ticket are to be read: all of that ticket, or only those that came from `originId`. */
export type Reading = { ticketId: string; originId: string | null }

/** Whoever may not see the ticket it was merged into still reads what came from the one they see. */
export async function readingOf(db: Database, who: Principal, ref: string): Promise<Reading> {
  const found = await seen(db.kysely, who, ref)
  if (!found) throw notFound("ticket")
  if (found.mergedInto === null) return { ticketId: found.id, originId: null }
  const root = await rootOf(db.kysely, found.id)
  return { ticketId: root, originId: (await seen(db.kysely, who, root)) ? null : found.id }
}
