// Replies to a merged ticket, and its number, follow it to where its messages are now.
import type { Act } from "#kernel/act.ts"
import { type Database, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { can, isLinkViewer, type Viewer } from "#people/index.ts"
import { activeOf, rootOf } from "./ticket-holding-thread.ts"
import { mergeableKinds } from "../lifecycle/lifecycle-table.ts"
import { readableBy } from "../readable-messages.ts"
import { lockTicket, refuseUnseen, findVisible } from "../ticket-store.ts"
import { followUpSql } from "../threads/thread-tickets.ts"
import { type TicketRow } from "../ticket-row.ts"

/**
 * Locks the ticket that a reply to `ref` lands on. A customer's reply follows wherever the ticket went; staff write only
 * on what they see (409 `merged`). The end of the chain is locked first and looked at again: undoing keeps it locked too.
 */
export async function lockMergeTarget(act: Act, who: Viewer, ref: string): Promise<TicketRow> {
  for (;;) {
    const { id, root } = await resolveMerge(act, who, ref)
    const ticket = await lockTicket(act, root)
    if (ticket.mergedInto !== null || (await rootOf(act.tx, id)) !== root) continue
    // A customer follows to what they may not see; their own may have gone out of sight meanwhile all the same.
    if (!isLinkViewer(who) && (can.beStaff(who) || root === id)) refuseUnseen(who, ticket)
    return ticket
  }
}

/** The ticket that `ref` is (who came by a link names none but that of the link), and the one that a reply to it lands on by now; unlocked. Refuses as `lockMergeTarget` does. */
export async function resolveMerge(act: Act, who: Viewer, ref: string): Promise<{ id: string; root: string }> {
  if (isLinkViewer(who)) return { id: who.ticketId, root: await rootOf(act.tx, who.ticketId) }
  const found = await findVisible(act.tx, who, ref)
  if (!found) throw notFound("ticket")
  const root = found.mergedInto === null ? found.id : await rootOf(act.tx, found.id)
  if (root !== found.id && can.beStaff(who) && !(await findVisible(act.tx, who, root)))
    throw new Refusal("conflict", "merged", "It was merged into a ticket that you may not see")
  return { id: found.id, root }
}

/**
 * Locks the active ticket of the thread, through all its aliases; null when there is none. One that was closed while we
 * waited for it is active no more: then we look again.
 */
export async function lockActiveTicket(act: Act, threadKey: string): Promise<TicketRow | null> {
  for (;;) {
    const found = await activeOf(act.tx, threadKey)
    const ticket = found && (await lockTicket(act, found.id))
    if (!ticket || ticket.active) return ticket
  }
}

/** Locks the newest ticket that followed a closed one of the same customer, where it is now. */
export async function lockFollowUp(act: Act, closed: TicketRow): Promise<TicketRow | null> {
  const find = statement(
    "",
    (p) =>
      `select f.id from tickets t cross join lateral (${followUpSql(mergeableKinds)}) f where t.id = ${p(closed.id)}`,
  )
  const [found] = await runIn<{ id: string }>(act.tx, find)
  const follower = found && (await lockTicket(act, found.id))
  return follower?.mergedInto === null && follower.contactId === closed.contactId ? follower : null
}

/**
 * Where the messages of a ticket are to be read: all of that ticket, or only those that came from `originId`; of them those
 * that `readable` says.
 */
export type MessageScope = {
  ticketId: string
  originId: string | null
  readable: (p: Param, message: string) => string
}

/** Staff who may not see the ticket it was merged into still read what came from the one they see. */
export async function messageScope(db: Database, who: Viewer, ref: string): Promise<MessageScope> {
  const readable = (p: Param, message: string) => readableBy(p, who, message)
  if (isLinkViewer(who)) return { ticketId: await rootOf(db.kysely, who.ticketId), originId: null, readable }
  const found = await findVisible(db.kysely, who, ref)
  if (!found) throw notFound("ticket")
  if (found.mergedInto === null) return { ticketId: found.id, originId: null, readable }
  const root = await rootOf(db.kysely, found.id)
  const seesAll = !can.beStaff(who) || (await findVisible(db.kysely, who, root))
  return { ticketId: root, originId: seesAll ? null : found.id, readable }
}
