// Puts messages where they belong, many in a few statements: the contacts that are new, the tickets that begin, and what
// the messages change. Where they belong has been decided.
//
// The order of locks, for everybody who takes more than one: identities that are new, then contacts, then tickets, each kind
// in the order of its keys. Whoever needs a contact while they hold tickets does not wait for it.
import { type Actor, system } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import type { ConnectionKind } from "#connections/index.ts"
import {
  lockContactsForShareStatement,
  insertContactsStatement,
  nameContactsStatement,
  type NewContactRow,
} from "#contacts/index.ts"
import { type BatchEvent, recordBatchStatement, type DecisionReason } from "#event-log/index.ts"
import { promiseFilesStatement } from "#files/index.ts"
import { insertMessagesStatement, type NewMessage } from "#messages/index.ts"
import { insertTicketsStatement, type MessageSpan, batchTotalsStatement } from "#tickets/index.ts"
import { toTicketCreation, firstTicket } from "./first-ticket.ts"
import type { InboundMessage } from "./inbound-message.ts"
import { joinedActiveDecision } from "./message-row.ts"
import type { Sender } from "./find-senders.ts"
import { isLostRace } from "./intake-statements.ts"

export type ConnectionOfBatch = { id: string; kind: ConnectionKind; teamIds: string[] }

/** One message with all that is known of it. `decision`: when it was not simply the first of its thread. */
export type BatchMessage = {
  inbound: InboundMessage
  message: NewMessage
  by: Actor
  people: Sender[]
  thread: Sender
  threadKey: string
  connection: ConnectionOfBatch
  decision?: { status: "closed" | "open" | "pending"; why: DecisionReason }
}

/** Makes the contacts that are new, and names those that had no name. Gives who is there now, and what to record. */
export async function insertNewContacts(run: RunStatement, told: BatchMessage[], now: Date) {
  const newcomers = [...new Set(told.flatMap(peopleOf).flatMap(({ newcomer }) => newcomer ?? []))]
  const nameless = new Map(
    told.flatMap(({ inbound: { person }, people: [sender] }) =>
      person.name !== "" && sender && !sender.isNamed ? [[sender.contactId, person.name] as const] : [],
    ),
  )
  const named = [...nameless].map(([contactId, name]) => ({ contactId, name }))
  const [made] = await Promise.all([
    newcomers.length > 0 ? run<NewContactCount>(insertContactsStatement(newcomers, now)) : [],
    named.length > 0 && run(nameContactsStatement(named, now)),
  ])
  const got = new Map(made.map(({ contactId, n }) => [contactId, n]))
  const whole = newcomers.filter(({ id, identities }) => got.get(id) === identities.length)
  const missing = new Set(newcomers.map(({ id }) => id))
  for (const { id } of whole) missing.delete(id)
  return { there: told.filter((one) => hasNobodyOf(one, missing)), links: whole.flatMap(linksOf) }
}

/** Those of them whose people stay who they are until the transaction ends. */
export async function lockContactsOfBatch(run: RunStatement, firsts: BatchMessage[]): Promise<BatchMessage[]> {
  const holding = distinctBy(firsts.flatMap(peopleOf), ({ newcomer, contactId }) => (newcomer ? null : contactId))
  if (holding.length === 0) return firsts
  const missing = new Set(holding)
  for (const { id } of await run<{ id: string }>(lockContactsForShareStatement(holding))) missing.delete(id)
  return firsts.filter((one) => hasNobodyOf(one, missing))
}

const hasNobodyOf = (one: BatchMessage, missing: Set<string>) =>
  peopleOf(one).every(({ contactId }) => !missing.has(contactId))

type NewContactCount = { contactId: string; n: number }

const peopleOf = ({ people }: BatchMessage) => people

const linksOf = ({ id, identities }: NewContactRow) =>
  identities.slice(1).map(({ kind }): BatchEvent => {
    const about = { actor: system, ticketId: null, subjectId: id }
    return { kind: "contact.identified", ...about, data: { identityKind: kind } }
  })

export type WrittenMessages = BatchMessage & {
  ticketId: string
  because: BatchEvent["why"]
  opened?: BatchEvent
  isNew: boolean
}

/** A ticket for each thread, with all that it begins with. Threads that somebody else opened meanwhile are left out. */
export async function insertNewTickets(run: RunStatement, told: BatchMessage[], now: Date): Promise<WrittenMessages[]> {
  if (told.length === 0) return []
  const threads = [...Map.groupBy(told, ({ threadKey }) => threadKey).values()].map((all) => {
    const { inbound, message, by, thread, connection: of, decision } = all[0]!
    const connection = { ...of, contactId: thread.contactId, identityId: thread.identityId, by }
    const first = decision
      ? toTicketCreation(inbound, message, connection, decision)
      : firstTicket(inbound, message, connection)
    return { all, by, why: first.why, ticket: { ...first.ticket, span: spanOf(all) } }
  })
  const made = await run<{ id: string }>(
    insertTicketsStatement(
      threads.map(({ ticket }) => ticket),
      now,
    ),
  )
  const ids = new Set(made.map(({ id }) => id))
  return threads
    .filter(({ ticket }) => ids.has(ticket.id))
    .flatMap(({ all, by, why, ticket: { id } }) =>
      all.map((one, place) => {
        const opened: BatchEvent = { kind: "ticket.created", actor: by, ticketId: id, subjectId: one.message.id, why }
        const told = place === 0 ? { because: null, opened } : { because: joinedActiveDecision }
        return { ...one, ...told, ticketId: id, isNew: true }
      }),
    )
}

/** Stores the messages with their files and what they change, and more facts. Gives those that are in. */
export async function writeBatch(
  run: RunStatement,
  placed: WrittenMessages[],
  more: BatchEvent[],
  now: Date,
): Promise<WrittenMessages[]> {
  if (placed.length === 0 && more.length > 0) await run(recordBatchStatement(more, now))
  if (placed.length === 0) return []
  const rows = await run<{ id: string }>(
    insertMessagesStatement(
      placed.map(({ message, ticketId }) => ({ ...message, ticketId })),
      now,
    ),
  )
  const ids = new Set(rows.map(({ id }) => id))
  const stored = placed.filter(({ message }) => ids.has(message.id))
  // A ticket was counted together with its messages: then all of them must be there.
  if (placed.some(({ isNew, message }) => isNew && !ids.has(message.id))) throw isLostRace()
  const joined = Map.groupBy(
    stored.filter(({ isNew }) => !isNew),
    ({ ticketId }) => ticketId,
  )
  const touched = [...joined].map(([id, all]) => ({ id, ...spanOf(all) }))
  const files = stored.flatMap(({ inbound, message }) =>
    (inbound.files ?? []).map((file) => ({ ...file, messageId: message.id })),
  )
  await Promise.all([
    touched.length > 0 && run(batchTotalsStatement(touched, now)),
    files.length > 0 && run(promiseFilesStatement(files, now)),
    run(recordBatchStatement([...more, ...stored.flatMap(factsOf)], now)),
  ])
  return stored
}

function factsOf({ inbound, message, by: actor, ticketId, opened, because = null }: WrittenMessages): BatchEvent[] {
  const about = { ticketId, subjectId: message.id, actor }
  const data = { direction: message.direction }
  const promised = (inbound.files ?? []).length > 0
  return [
    ...(opened ? [opened] : []),
    { kind: "message.received", ...about, data, why: because },
    ...(promised ? [{ kind: "message.files_announced", ...about } as const] : []),
  ]
}

function spanOf(all: readonly { message: NewMessage }[]): MessageSpan {
  const times = all.map(({ message }) => message.sentAt.getTime())
  return {
    messages: all.length,
    unread: all.filter(({ message }) => message.direction === "in").length,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
  }
}

export function distinctBy<One>(all: readonly One[], of: (one: One) => string | null): string[] {
  return [...new Set(all.flatMap((one) => of(one) ?? []))]
}
