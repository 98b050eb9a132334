// Writes what the plan says of many messages: the contacts that are new, the tickets that begin or come back, and what the
// messages change. It decides nothing. When everything is as a plan assumed, single-statement/ writes the same by the same pieces.
//
// The order of locks, for everybody who takes more than one: identities that are new, then contacts, then tickets, each kind
// in one order: identities by what they are, the others by their ids. A transaction that needs a contact while it holds tickets does not wait for it.
import { type Act, system } from "#kernel/act.ts"
import { insertContactsStatement, nameContactsStatement, type NewContactRow } from "#contacts/index.ts"
import { type BatchEvent, recordBatchStatement } from "#event-log/index.ts"
import { promiseFilesStatement } from "#files/index.ts"
import { insertMessagesStatement } from "#messages/index.ts"
import { insertTicketsStatement, totalsOf, updateTotalsStatement } from "#tickets/index.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"
import { eventsOf } from "./events-of-planned-message.ts"
import { toMessageEffect, toNewTicket } from "./to-new-ticket.ts"
import { lostRaceError } from "./lost-race-error.ts"
import { applyStatusChanges } from "./apply-status-changes.ts"
import { type Incoming, type Work } from "./read-snapshot.ts"

/** Makes the contacts that are new, and names those that had no name. Gives who is there now, and what to record. */
export async function insertNewContacts<One extends Pick<Incoming, "inbound" | "sender" | "thread">>(
  { run, now }: Work,
  incoming: readonly One[],
) {
  const newcomers = [...new Set(incoming.flatMap(peopleOf).flatMap(({ newcomer }) => newcomer ?? []))]
  const nameless = new Map(
    incoming.flatMap(({ inbound: { person }, sender }) =>
      person.name.trim() !== "" && !sender.isNamed ? [[sender.contactId, person.name.trim()] as const] : [],
    ),
  )
  const named = [...nameless].map(([contactId, name]) => ({ contactId, name }))
  const [made] = await Promise.all([
    newcomers.length > 0 ? run<{ contactId: string; n: number }>(insertContactsStatement(newcomers, now)) : [],
    named.length > 0 && run(nameContactsStatement(named, now)),
  ])
  const got = new Map(made.map(({ contactId, n }) => [contactId, n]))
  const whole = newcomers.filter(({ id, identities }) => got.get(id) === identities.length)
  const missing = new Set(newcomers.map(({ id }) => id))
  for (const { id } of whole) missing.delete(id)
  return { there: incoming.filter((one) => hasNobodyOf(one, missing)), links: whole.flatMap(linksOf) }
}

export const peopleOf = ({ sender, thread }: Pick<Incoming, "sender" | "thread">) => [sender, thread]

export const hasNobodyOf = (one: Pick<Incoming, "sender" | "thread">, missing: Set<string>) =>
  peopleOf(one).every(({ contactId }) => !missing.has(contactId))

const linksOf = ({ id, identities }: NewContactRow) =>
  identities.slice(1).map(({ kind }): BatchEvent => {
    const about = { actor: system, ticketId: null, subjectId: id }
    return { kind: "contact.identified", ...about, data: { identityKind: kind } }
  })

export const opens = ({ planned }: PlannedMessage) => planned.decision.action === "created"

/**
 * Writes all of them, and `more` facts; gives those that are in. Left out are those whose thread somebody else opened
 * meanwhile, and those that came at the same time elsewhere. `act` for what only verbs of tickets do.
 */
export async function writeBatch(
  work: Work,
  messages: readonly PlannedMessage[],
  more: readonly BatchEvent[],
  act: Act | null = null,
): Promise<PlannedMessage[]> {
  const { run, now } = work
  const wanted = new Set(messages.filter(opens).map(({ planned }) => planned.ticketId))
  const opened = await openTickets(work, messages, wanted)
  const placed = messages.filter(({ planned: { ticketId } }) => !wanted.has(ticketId) || opened.has(ticketId))
  const stored = await storeMessages(work, placed, wanted)
  if (act) await applyStatusChanges(act, stored)
  const onOld = Map.groupBy(
    stored.filter(({ planned }) => !wanted.has(planned.ticketId)),
    ({ planned }) => planned.ticketId,
  )
  const touched = [...onOld].map(([id, all]) => ({ id, ...totalsOf(all.map(toMessageEffect)) }))
  const files = stored.flatMap(({ inbound, message }) =>
    (inbound.files ?? []).map((file) => ({ ...file, messageId: message.id })),
  )
  const facts = [...more, ...stored.flatMap(eventsOf)]
  await Promise.all([
    touched.length > 0 && run(updateTotalsStatement(touched, now)),
    files.length > 0 && run(promiseFilesStatement(files, now)),
    facts.length > 0 && run(recordBatchStatement(facts, now)),
  ])
  return stored
}

/** A ticket for each that the plan opens, with all that it begins with. Gives the ids of those that are there. */
async function openTickets({ run, now }: Work, messages: readonly PlannedMessage[], wanted: Set<string>) {
  if (wanted.size === 0) return new Set<string>()
  const onNew = messages.filter(({ planned }) => wanted.has(planned.ticketId))
  const tickets = [...Map.groupBy(onNew, ({ planned }) => planned.ticketId).values()].map(toNewTicket)
  const made = await run<{ id: string }>(insertTicketsStatement(tickets, now))
  return new Set(made.map(({ id }) => id))
}

async function storeMessages({ run, now }: Work, placed: PlannedMessage[], isNew: Set<string>) {
  if (placed.length === 0) return []
  const rows = placed.map(({ message, planned: { ticketId } }) => ({ ...message, ticketId }))
  const ids = new Set((await run<{ id: string }>(insertMessagesStatement(rows, now))).map(({ id }) => id))
  // A ticket was counted together with its messages: then all of them must be there.
  if (placed.some(({ planned, message }) => isNew.has(planned.ticketId) && !ids.has(message.id)))
    throw lostRaceError("message")
  return placed.filter(({ message }) => ids.has(message.id))
}
