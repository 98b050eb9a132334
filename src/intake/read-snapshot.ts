// What is stored of everything that a batch of messages touches, read before anything is decided: the connections, the
// messages that came before, the people, and the tickets of each thread.
import type { Actor } from "#kernel/act.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import type { ConnectionKind } from "#connections/index.ts"
import { type ExternalId, type KnownMessage, knownMessagesStatement, type NewMessage } from "#messages/index.ts"
import {
  conversationKey,
  type LedThread,
  ledThreadsStatement,
  type ThreadTicket,
  threadTicketsStatement,
} from "#tickets/index.ts"
import { type Sender, type Senders, findSenders } from "./find-senders.ts"
import { type InboundMessage, proofOf } from "./inbound-message.ts"
import { toMessageRow } from "./to-message-row.ts"

/** In which transaction, at which instant and for whom messages are received. */
export type Work = { run: RunStatement; now: Date; by: Actor }

export type ConnectionFacts = {
  id: string
  kind: ConnectionKind
  isOn: boolean
  teamIds: string[]
  reopenWindowMinutes: number
  reopenFrom: "activity" | "closure"
  farewellText: string | null
  acknowledgements: string[] | null
}

/** One message with all that is known of it but its thread's tickets. */
export type Incoming = {
  inbound: InboundMessage
  message: NewMessage
  by: Actor
  sender: Sender
  /** Of whom the thread is with: the group, or the sender. */
  thread: Sender
  threadKey: string
  connection: ConnectionFacts
}

/**
 * `known`: it came before. `repeat`: it is in the batch already. `unclear`: its addresses are several people's, or not all
 * of them are known.
 */
export type MessageLookup =
  | ({ is: "incoming" } & Incoming)
  | { is: "known"; inbound: InboundMessage; stored: KnownMessage }
  | { is: "repeat"; inbound: InboundMessage; first: InboundMessage }
  | { is: "left"; inbound: InboundMessage; because: "no_connection" | "connection_off" | "unclear" | "alone" }

/** `isAlone`: must this message be looked at by itself? What comes after it, of the same people, must then wait too. */
export async function look(
  work: Work,
  inbounds: readonly InboundMessage[],
  isAlone: (inbound: InboundMessage) => boolean = () => false,
): Promise<MessageLookup[]> {
  const { run } = work
  const [connections, people, known] = await Promise.all([
    run<ConnectionFacts>(connectionsStatement(distinctBy(inbounds, (one) => one.connectionId))),
    findSenders(run, inbounds.flatMap(identitiesOf)),
    run<KnownMessage>(knownMessagesStatement(inbounds)),
  ])
  const connectionOf = new Map(connections.map((connection) => [connection.id, connection]))
  const before = new Map(known.map((one) => [externalKey(one), one]))
  const firsts = new Map<string, InboundMessage>()
  return inbounds.map((inbound): MessageLookup => {
    const key = externalKey(inbound)
    const [stored, first, connection] = [before.get(key), firsts.get(key), connectionOf.get(inbound.connectionId)]
    const left = (because: Extract<MessageLookup, { is: "left" }>["because"]) => {
      people.leave(identitiesOf(inbound))
      return { is: "left", inbound, because } as const
    }
    if (!connection) return left("no_connection")
    if (!connection.isOn) return left("connection_off")
    if (stored) return { is: "known", inbound, stored }
    if (first) return { is: "repeat", inbound, first }
    firsts.set(key, inbound)
    if (isAlone(inbound)) return left("alone")
    const incoming = toIncoming(work, inbound, connection, people)
    return incoming ? { is: "incoming", ...incoming } : left("unclear")
  })
}

const externalKey = ({ connectionId, externalId }: ExternalId) => `${connectionId} ${externalId}`

const identitiesOf = ({ person, group }: InboundMessage) => [
  person.identity,
  ...(person.also ?? []),
  ...(group ? [group.identity] : []),
]

function toIncoming(
  { now, by }: Work,
  inbound: InboundMessage,
  connection: ConnectionFacts,
  people: Senders,
): Incoming | null {
  const { person, group, direction } = inbound
  const proof = proofOf(inbound)
  const addresses = [person.identity, ...(person.also ?? [])]
  // A notice says nothing of whose an address is.
  const notifier = inbound.kind === "message" ? null : people.known(addresses)
  const sender = notifier ?? people.person(addresses, person.name, proof)
  const thread = group ? people.group(group.identity, group.name, proof) : sender
  if (!sender || !thread) return null
  const { contactId, identityId } = thread
  const said = { ...toMessageRow(inbound, now), contactId, identityId }
  return {
    inbound,
    message: direction === "in" ? { ...said, senderId: sender.contactId } : said,
    by: direction === "in" ? { kind: "contact", id: sender.contactId } : by,
    sender,
    thread,
    threadKey: conversationKey(connection.id, contactId),
    connection,
  }
}

/** Gives the `ticketId` of the message that a reaction or a notice is about. */
export const ticketOfMessageStatement = (connectionId: string, ref: string): Statement =>
  statement(
    "ticket-of-message",
    (p) => `select ticket_id as "ticketId" from messages
      where connection_id = ${p(connectionId)} and (external_id = ${p(ref)} or id = ${p(ref)}) limit 1`,
  )

const connectionsStatement = (ids: string[]): Statement =>
  statement(
    "connections-of-batch",
    (p) => `select id, kind, enabled and deleted_at is null as "isOn", team_ids as "teamIds",
        reopen_window_minutes as "reopenWindowMinutes", reopen_from as "reopenFrom", farewell_text as "farewellText", acknowledgements
      from connections where id = any(${p(ids)}::text[])`,
  )

/** `moved`: threads of which something was merged, or whose merge was undone, while they were read; and tickets asked about by id. */
export type Threads = {
  tickets: Map<string, ThreadTicket[]>
  about: Map<string, ThreadTicket>
  led: Map<string, LedThread>
  moved: Set<string>
}

type ThreadsRead = { isLocking: boolean; aboutIds?: readonly string[] }

/** The tickets on which these messages may land, locked when they are to be written. */
export async function readThreads(
  { run }: Work,
  incoming: readonly Pick<Incoming, "inbound" | "thread" | "threadKey">[],
  { isLocking, aboutIds = [] }: ThreadsRead,
): Promise<Threads> {
  // A new sender has no tickets, and may write in a thread of others.
  const old = Map.groupBy(
    incoming.filter(({ thread, inbound }) => !thread.newcomer || inbound.mail),
    ({ threadKey }) => threadKey,
  )
  const keys = [...old.keys()]
  const ledNow = async () => (keys.length === 0 ? [] : run<LedThread>(ledThreadsStatement(keys)))
  const led = new Map((await ledNow()).map((one) => [one.threadKey, one]))
  const places = [...old].map(([key, messages]) => {
    const to = led.get(key)
    return {
      threadKeys: [key, ...(to?.rootKey ? [to.rootKey] : [])],
      ticketId: to?.ticketId ?? null,
      times: messages.flatMap(({ inbound }) => inbound.sentAt ?? []),
    }
  })
  const rows =
    places.length + aboutIds.length === 0
      ? []
      : await run<ThreadTicket>(threadTicketsStatement(places, aboutIds, { isLocking }))
  const about = new Map(rows.map((row) => [row.id, row]))
  const ofKey = Map.groupBy(rows, ({ threadKey }) => threadKey)
  const tickets = new Map(
    places.map(({ threadKeys, ticketId }) => {
      const ledTo = (ticketId !== null && about.get(ticketId)) || []
      return [threadKeys[0]!, [...new Set(threadKeys.flatMap((key) => ofKey.get(key) ?? []).concat(ledTo))]]
    }),
  )
  const moved = new Set([...tickets].flatMap(([key, all]) => (all.some((one) => one.mergedInto !== null) ? [key] : [])))
  for (const id of aboutIds) if (about.get(id)?.mergedInto) moved.add(id)
  // Undoing a merge locks the ticket too: if it came first, the thread no longer leads there.
  if (isLocking && led.size > 0) {
    const still = new Map((await ledNow()).map((one) => [one.threadKey, one.ticketId]))
    for (const [key, { ticketId }] of led) if (still.get(key) !== ticketId) moved.add(key)
  }
  return { tickets, about, led, moved }
}

export function distinctBy<One>(all: readonly One[], of: (one: One) => string | null): string[] {
  return [...new Set(all.flatMap((one) => of(one) ?? []))]
}
