// Two contacts turn out to be one person: from now on they have one thread on each connection, and one ticket on it.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { lockContacts, absorbContact } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import {
  activeOf,
  conversationKey,
  lockTicket,
  lockTicketsOf,
  mergeTickets,
  moveTicketsToContact,
  type TicketRow,
} from "#tickets/index.ts"

/**
 * Merges `sourceId` into `intoId` and returns the id of the contact that stays; merged before, it changes nothing.
 * The locks make messages of either wait: the contacts keep new tickets out, the tickets keep new messages out. At no
 * step do two active tickets share a thread: the younger is closed before the older one's key changes.
 */
export async function mergeContacts(
  act: Act,
  sourceId: string,
  intoId: string,
  who: { isOnePerson: boolean },
): Promise<string> {
  if (sourceId === intoId) throw invalidField("into", "is the contact itself")
  const [source, target] = await lockContacts(act, sourceId, intoId)
  if (source.id === target.id) return target.id
  if (source.isGroup !== target.isGroup)
    throw invalidField("into", "must be a person to take in a person, a group to take in a group")
  const ticketIds = await unite(act, await lockTicketsOf(act, [source.id, target.id]), [source.id, target.id])
  const releasedTicketIds = await moveTicketsToContact(act, source.id, target.id)
  await absorbContact(act, source, target, { ...who, ticketIds, releasedTicketIds })
  await record(act, "contact.merged", { subjectId: target.id, data: { source: source.id, target: target.id } })
  return target.id
}

/**
 * Where the threads of both lead to an active ticket of theirs, the two become one; a thread may have been led to a support
 * ticket. A conversation on another connection stays that one's. Each look is a fresh one: what one connection unites counts
 * for the next. Returns the ids of those that were merged.
 */
async function unite(act: Act, tickets: TicketRow[], contactIds: [string, string]): Promise<string[]> {
  const merged: string[] = []
  const theirs = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  const connectionIds = new Set(tickets.flatMap(({ threadKey, connectionId }) => (threadKey && connectionId) || []))
  for (const connectionId of connectionIds) {
    const active = new Set<string>()
    for (const contactId of contactIds) {
      const found = await activeOf(act.tx, conversationKey(connectionId, contactId))
      const ticket = found && theirs.get(found.id)
      if (ticket && (ticket.kind === "support" || ticket.connectionId === connectionId)) active.add(ticket.id)
    }
    const rows = await Promise.all([...active].map((id) => lockTicket(act, id)))
    const [kept, other] = rows.toSorted(byStay)
    if (!kept || !other) continue
    await mergeTickets(act, other, kept)
    merged.push(other.id)
  }
  return merged
}

/** A support ticket stays before a conversation, the older one before the younger. */
const byStay = (a: TicketRow, b: TicketRow) =>
  Number(b.kind === "support") - Number(a.kind === "support") ||
  a.createdAt.getTime() - b.createdAt.getTime() ||
  (a.id < b.id ? -1 : 1)
