// Two contacts turn out to be one person: from now on they have one thread on each connection, and one ticket on it.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { lockContacts, takeIn } from "#contacts/index.ts"
import { record } from "#events/index.ts"
import { lockTicketsOf, mergeTickets, rekeyTickets, type TicketRow } from "#tickets/index.ts"

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
  const twins = activeTwins(await lockTicketsOf(act, [source.id, target.id]))
  for (const [older, younger] of twins) await mergeTickets(act, younger, older)
  await rekeyTickets(act, source.id, target.id)
  await takeIn(act, source, target, who)
  await record(act, "contact.merged", { subjectId: target.id, data: { source: source.id, target: target.id } })
  return target.id
}

/** Where both have an active conversation on one connection: the older of the two, then the younger. */
function activeTwins(tickets: TicketRow[]): [TicketRow, TicketRow][] {
  const active = tickets.filter((ticket) => ticket.kind === "conversation" && ticket.active)
  const threads = Map.groupBy(active, (ticket) => ticket.connectionId)
  return [...threads.values()].flatMap((both) => {
    const [older, younger] = both.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    return older && younger ? [[older, younger] as [TicketRow, TicketRow]] : []
  })
}
