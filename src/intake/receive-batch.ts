// The everyday messages of many deliveries in one transaction and a handful of statements: those that join an active
// ticket, and first ones. It decides nothing: whatever needs the rule is left for the rule, one message at a time.
import { type Statement, statement } from "#kernel/db.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { knownMessagesStatement, type ExternalId } from "#messages/index.ts"
import { conversationKey, lockActiveStatement, threadsWithHistoryStatement } from "#tickets/index.ts"
import { type InboundMessage, proofOf } from "./inbound-message.ts"
import { joinedActiveDecision, toMessageRow } from "./message-row.ts"
import { type Senders, findSenders } from "./find-senders.ts"
import {
  distinctBy,
  type ConnectionOfBatch,
  lockContactsOfBatch,
  insertNewContacts,
  insertNewTickets,
  writeBatch,
  type BatchMessage,
} from "./write-batch.ts"

/** May it be taken in together with others? */
export function isBatchable({ kind, direction, categoryIds, assigneeId, campaignShipmentId }: InboundMessage): boolean {
  const isAsked = categoryIds !== null || assigneeId !== null || campaignShipmentId !== null
  return kind === "message" && direction === "in" && !isAsked
}

/** Takes in what it can; gives those that are settled, repeats of what came before included. */
export async function receiveBatch(
  run: RunStatement,
  inbounds: readonly InboundMessage[],
  now: Date,
): Promise<Set<InboundMessage>> {
  if (inbounds.length === 0) return new Set()
  const { told, settled, repeats } = await look(run, inbounds, now)
  const { there, links } = await insertNewContacts(run, told, now)
  const active = await ticketsOf(run, lockActiveStatement(distinctBy(there, (one) => one.threadKey)))
  const joining = there.filter(({ threadKey }) => active.has(threadKey))
  const firsts = await withoutHistory(
    run,
    there.filter(({ threadKey }) => !active.has(threadKey)),
  )
  const opened = await insertNewTickets(run, await lockContactsOfBatch(run, firsts), now)
  const joined = joining.map((one) => {
    return { ...one, ticketId: active.get(one.threadKey)!, because: joinedActiveDecision, isNew: false }
  })
  for (const { inbound } of await writeBatch(run, [...opened, ...joined], links, now)) settled.add(inbound)
  for (const [repeat, first] of repeats) if (settled.has(first)) settled.add(repeat)
  return settled
}

async function look(run: RunStatement, inbounds: readonly InboundMessage[], now: Date) {
  const [connections, people, known] = await Promise.all([
    run<ConnectionOfBatch>(enabledConnectionsStatement(distinctBy(inbounds, (one) => one.connectionId))),
    findSenders(run, inbounds.flatMap(identitiesOf)),
    run<ExternalId>(knownMessagesStatement(inbounds)),
  ])
  const connectionFactsOf = new Map(connections.map((connection) => [connection.id, connection]))
  const settled = new Set<InboundMessage>()
  const repeats = new Map<InboundMessage, InboundMessage>()
  const firstWith = new Map<string, InboundMessage>()
  const before = new Set(known.map(outsideKey))
  const told: BatchMessage[] = []
  for (const inbound of inbounds) {
    const connection = connectionFactsOf.get(inbound.connectionId)
    if (!connection) continue
    const first = firstWith.get(outsideKey(inbound))
    if (before.has(outsideKey(inbound))) settled.add(inbound)
    else if (first) repeats.set(inbound, first)
    else {
      firstWith.set(outsideKey(inbound), inbound)
      const one = readOne(inbound, connection, people, now)
      if (one) told.push(one)
    }
  }
  return { told, settled, repeats }
}

const outsideKey = ({ connectionId, externalId }: ExternalId) => `${connectionId} ${externalId}`

const identitiesOf = ({ person, group }: InboundMessage) => [
  person.identity,
  ...(person.also ?? []),
  ...(group ? [group.identity] : []),
]

function readOne(
  inbound: InboundMessage,
  connection: ConnectionOfBatch,
  people: Senders,
  now: Date,
): BatchMessage | null {
  const { person, group } = inbound
  const sender = people.person([person.identity, ...(person.also ?? [])], person.name, proofOf(inbound))
  const thread = group ? people.group(group.identity, group.name, proofOf(inbound)) : sender
  if (!sender || !thread) return null
  const by = { kind: "contact", id: sender.contactId }
  const { contactId, identityId } = thread
  const message = { ...toMessageRow(inbound, now), senderId: sender.contactId, contactId, identityId }
  return {
    inbound,
    message,
    by,
    people: [sender, thread],
    thread,
    connection,
    threadKey: conversationKey(connection.id, thread.contactId),
  }
}

// A door that is shut takes nothing; the rule says so for each message.
const enabledConnectionsStatement = (ids: string[]): Statement =>
  statement(
    "open-doors",
    (p) => `select id, kind, team_ids as "teamIds" from connections
      where id = any(${p(ids)}::text[]) and enabled and deleted_at is null`,
  )

async function ticketsOf(run: RunStatement, asked: Statement): Promise<Map<string, string>> {
  const rows = await run<{ id: string; threadKey: string }>(asked)
  return new Map(rows.map(({ id, threadKey }) => [threadKey, id]))
}

/** Only threads that never had a ticket need no rule. Asked after the locks: one may have been closed meanwhile. */
async function withoutHistory(run: RunStatement, told: BatchMessage[]): Promise<BatchMessage[]> {
  if (told.length === 0) return []
  const rows = await run<{ threadKey: string }>(
    threadsWithHistoryStatement(distinctBy(told, ({ threadKey }) => threadKey)),
  )
  const old = new Set(rows.map(({ threadKey }) => threadKey))
  return told.filter(({ threadKey }) => !old.has(threadKey))
}
