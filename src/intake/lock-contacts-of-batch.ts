// Who opens a ticket for somebody holds their contact: of two that would, the second sees what the first has opened.
import { lockContactsStatement, ownedIdentitiesStatement } from "#contacts/index.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"
import { distinctBy, readThreads, type Threads, type Work } from "./read-snapshot.ts"
import { hasNobodyOf, opens, peopleOf } from "./write-batch.ts"

/**
 * Without those that would open a ticket for people of whom somebody may be making something else right now, whose address is
 * another contact's by now, or whose thread got a ticket, or its ticket back, since `before` was read; and without what comes after them on their
 * threads and tickets.
 */
export async function lockContactsOfBatch(
  work: Work,
  messages: PlannedMessage[],
  before: Threads,
): Promise<PlannedMessage[]> {
  const opening = messages.filter(opens)
  const known = opening.flatMap(peopleOf).filter(({ newcomer }) => !newcomer)
  if (known.length === 0) return messages
  const ids = distinctBy(known, ({ contactId }) => contactId)
  // Statements of a run follow each other: what is read once they are held nobody changes any more.
  const [held, owned, { tickets }] = await Promise.all([
    work.run<{ id: string }>(lockContactsStatement(ids, { isWaiting: false })).then(idsOf),
    work.run<{ id: string }>(ownedIdentitiesStatement(known)).then(idsOf),
    readThreads(work, opening, { isLocking: false }),
  ])
  const missing = new Set(
    known.flatMap(({ contactId, identityId }) => (held.has(contactId) && owned.has(identityId) ? [] : contactId)),
  )
  const hasOtherTicket = ({ threadKey }: PlannedMessage) => {
    const seen = idsOf(before.tickets.get(threadKey) ?? [])
    return (tickets.get(threadKey) ?? []).some(({ id, active }) => active || !seen.has(id))
  }
  const left = new Set<string>()
  return messages.filter((one) => {
    const places = [one.threadKey, one.planned.ticketId]
    const isFree = !opens(one) || (hasNobodyOf(one, missing) && !hasOtherTicket(one))
    const stays = isFree && !places.some((place) => left.has(place))
    if (!stays) for (const place of places) left.add(place)
    return stays
  })
}

const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id))
