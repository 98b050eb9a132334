// What a campaign says to many, each on a ticket of its own: the rule is asked for each of them, and where it says
// "create" it is done for all at once. What it answers otherwise is left for one message at a time.
import { system } from "#kernel/act.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { knownMessagesStatement, type ExternalId } from "#messages/index.ts"
import { conversationKey } from "#tickets/index.ts"
import { type Candidate, decideTicket } from "./decide-ticket.ts"
import { toIncoming } from "./first-ticket.ts"
import { type InboundMessage, proofOf } from "./inbound-message.ts"
import { toMessageRow } from "./message-row.ts"
import { findSenders } from "./find-senders.ts"
import {
  distinctBy,
  lockContactsOfBatch,
  insertNewContacts,
  insertNewTickets,
  writeBatch,
  type BatchMessage,
} from "./write-batch.ts"

export type AnnouncementResult = {
  inbound: InboundMessage
  threadKey: string
  ticketId: string
  messageId: string
  contactId: string
  identityId: string
}

type BlockedLookup = (identityIds: string[]) => Promise<Set<string>>

/**
 * Makes a ticket with its message, waiting to be sent, for each of `inbounds` that needs a new one. `barred`: the
 * addresses, of those asked about, that may not be written to now.
 */
export async function announceBatch(
  run: RunStatement,
  connection: ConnectionRow,
  inbounds: readonly InboundMessage[],
  { now, barred }: { now: Date; barred: BlockedLookup },
): Promise<AnnouncementResult[]> {
  const told = await read(run, connection, inbounds, now)
  const old = distinctBy(told, ({ thread, threadKey }) => (thread.newcomer ? null : threadKey))
  const written = distinctBy(told, ({ thread }) => (thread.newcomer ? null : thread.identityId))
  const [latest, shut] = await Promise.all([latestOf(run, old), barred(written)])
  const created = told.flatMap((one) => {
    // A merge leads the thread to another ticket: that one is looked at by itself.
    if (latest.get(one.threadKey)?.isLedAway) return []
    const decision = decided(one, latest.get(one.threadKey), connection, now)
    return decision.action === "created" && !shut.has(one.thread.identityId) ? [{ ...one, decision }] : []
  })
  const { there, links } = await insertNewContacts(run, created, now)
  const opened = await insertNewTickets(run, await lockContactsOfBatch(run, there), now)
  return (await writeBatch(run, opened, links, now)).map(
    ({ inbound, message, threadKey, ticketId, thread: { contactId, identityId } }) => {
      return { inbound, threadKey, ticketId, messageId: message.id, contactId, identityId }
    },
  )
}

/** One message for each thread, of those that were not said before. */
async function read(
  run: RunStatement,
  connection: ConnectionRow,
  inbounds: readonly InboundMessage[],
  now: Date,
): Promise<BatchMessage[]> {
  const { id, kind, teamIds } = connection
  const [people, known] = await Promise.all([
    findSenders(
      run,
      inbounds.map(({ person }) => person.identity),
    ),
    run<ExternalId>(knownMessagesStatement(inbounds)),
  ])
  const before = new Set(known.map(({ externalId }) => externalId))
  const told = new Map<string, BatchMessage>()
  for (const inbound of inbounds) {
    const thread = people.person([inbound.person.identity], inbound.person.name, proofOf(inbound))
    if (!thread || before.has(inbound.externalId)) continue
    const threadKey = conversationKey(id, thread.contactId)
    const { contactId, identityId } = thread
    const message = { ...toMessageRow(inbound, now), deliveryState: "queued", contactId, identityId } as const
    const one = { inbound, message, by: system, people: [thread], thread, threadKey, connection: { id, kind, teamIds } }
    if (!told.has(threadKey)) told.set(threadKey, one)
  }
  return [...told.values()]
}

type Latest = Candidate & { threadKey: string; active: boolean; isLedAway: boolean }

async function latestOf(run: RunStatement, threadKeys: string[]): Promise<Map<string, Latest>> {
  if (threadKeys.length === 0) return new Map()
  const rows = await run<Latest>(latestStatement(threadKeys))
  return new Map(rows.map((row) => [row.threadKey, row]))
}

// The same candidates as for one message, which has no time of its own: nothing encloses it.
const latestStatement = (threadKeys: string[]): Statement =>
  statement(
    "latest-of-threads",
    (p) => `select distinct on (t.thread_key) t.thread_key as "threadKey", t.id, t.number, t.kind, t.status, t.active,
        t.merged_into is not null as "isLedAway",
        t.assignee_id as "assigneeId", t.campaign_shipment_id as "campaignShipmentId", t.updated_at as "updatedAt",
        t.closed_at as "closedAt",
        (select max(g.reopen_window_minutes) from ticket_categories tc join categories g on g.id = tc.category_id
          where tc.ticket_id = t.id) as "categoryWindowMinutes"
      from tickets t where t.thread_key = any(${p(threadKeys)}::text[])
      order by t.thread_key, t.merged_into is not null desc, t.active desc, t.updated_at desc, t.id desc`,
  )

function decided({ inbound }: BatchMessage, latest: Latest | undefined, connection: ConnectionRow, now: Date) {
  const found = {
    active: latest?.active ? latest : null,
    latest: latest && !latest.active ? latest : null,
    enclosing: null,
    reactedTo: null,
  }
  const { reopenWindowMinutes: windowMinutes, reopenFrom, farewellText } = connection
  // Only what customers write can be thanks.
  const policy = { windowMinutes, reopenFrom, farewellText, acknowledgements: [], supportDays: 0 }
  return decideTicket(found, toIncoming(inbound), policy, now)
}
