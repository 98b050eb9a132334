// Find or create: the one way in for every message of every door.
import { type Actor, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { notFound, Refusal, uniqueViolation } from "#kernel/errors.ts"
import { nameContact, type NewContact } from "#contacts/index.ts"
import { type NewMessage, shownMessage } from "#messages/index.ts"
import { type BareRow, nameTicket } from "#tickets/index.ts"
import { receiveByRule } from "./receive-by-rule.ts"
import { hasFiles, type InboundMessage, isPlainMessage, type ReceivedMessage } from "./inbound-message.ts"
import { firstTicket } from "./first-ticket.ts"
import type { FirstMessage } from "./first-statement.ts"
import { type CachedConnection, isNewSender, cacheSender } from "./sender-cache.ts"
import { optOutWordReader, withMarketingPreference } from "./opt-out-words.ts"
import { joinedActiveDecision, toJoin, toMessageRow } from "./message-row.ts"
import {
  createStatement,
  type TicketCreation,
  type Lookup,
  guessStatement,
  type JoinRow,
  isLostRace,
} from "./intake-statements.ts"
import { joinActiveTicket } from "./join-batcher.ts"
import { makeFirst } from "./first-batcher.ts"

const longestPauseMs = 20

/**
 * Takes in one message. What it changes is one transaction; a repeat of the same message changes nothing.
 * A lost race is run once more from the start. A new person on several doors loses first the address, then the thread:
 * each race may be lost once.
 * Refuses: 404 unknown connection, 409 `connection_disabled`, 503 when one race is lost twice.
 */
export async function receiveMessage(kit: Kit, by: Actor, inbound: InboundMessage): Promise<ReceivedMessage> {
  const lost = new Set<string>()
  for (;;) {
    try {
      return await receiveOnce(kit, by, inbound, kit.now())
    } catch (error) {
      const race = uniqueViolation(error)
      if (race === null) throw error
      if (lost.has(race)) throw tooBusy()
      lost.add(race)
    }
    // The winner has committed, or our insert would still be waiting: the next look finds its rows.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMs))
  }
}

const tooBusy = () =>
  new Refusal("unavailable", "unavailable", "The conversation is very busy; send the message again", {
    retryAfterSeconds: 1,
  })

async function receiveOnce(kit: Kit, by: Actor, inbound: InboundMessage, now: Date): Promise<ReceivedMessage> {
  const wish = (await optOutWordReader(kit.db))(inbound, now)
  const thoroughly = () =>
    inTransaction(kit.db, { actor: by, now }, (act) => {
      const work = () => receiveByRule(act, inbound)
      return wish ? withMarketingPreference(act, inbound, wish, work) : work()
    })
  if (wish || !isPlainMessage(inbound) || hasFiles(inbound)) return thoroughly()
  const message = toMessageRow(inbound, now)
  const guessed = await createdByGuess(kit, by, inbound, message)
  if (guessed) return guessed
  const row = await joinActiveTicket(kit.db, toJoin(inbound, message, by))
  const seen = refuseDisabledConnection(row)
  cacheSender(kit.db, inbound, connectionFactsOf(seen))
  if (seen.id !== null) return joined(kit, await named(kit, inbound, seen, now), message)
  const isUnnamed = seen.contactName === "" && inbound.person.name !== ""
  const needsRule = seen.hasHistory || !seen.isLinked || seen.isBlocked || isUnnamed
  if (seen.knownMessageId !== null || needsRule) return thoroughly()
  const { contactId, identityId } = seen
  const first = firstTicket(inbound, message, { ...connectionFactsOf(seen), contactId, identityId, by })
  const [bare] = await kit.db.run<BareRow>(createStatement(first))
  if (!bare) throw isLostRace()
  return created(kit, first, seen, bare)
}

/** Whoever seems new is made at once; null when they are not, or nothing is known. */
async function createdByGuess(
  kit: Kit,
  by: Actor,
  inbound: InboundMessage,
  message: NewMessage,
): Promise<ReceivedMessage | null> {
  const connection = isNewSender(kit.db, inbound)
  if (!connection) return null
  // Before it is known to be true: if the race is lost, the next try must look.
  cacheSender(kit.db, inbound, connection)
  const first = firstTicket(inbound, message, { ...connection, contactId: null, identityId: null, by })
  const row = await makeFirst(kit.db, toFirstMessage(first, first.contact!, connection), () =>
    guessStatement(first, first.contact!, connection),
  )
  return row && row.id !== null ? created(kit, first, row, splitLookup(row).bare) : null
}

/** Who was stored without a name gets the one that came along. */
async function named(kit: Kit, { person: { name } }: InboundMessage, row: JoinRow, now: Date): Promise<JoinRow> {
  if (row.contactName !== "" || name === "") return row
  await nameContact(kit.db.kysely, row.contactId!, { name, now })
  return { ...row, contactName: name }
}

function toFirstMessage(
  { ticket, message, by: actor, why }: TicketCreation,
  { identityId, identity, ...contact }: NewContact,
  connection: CachedConnection,
): FirstMessage {
  const about = { actor, ticketId: ticket.id, subjectId: message.id }
  return {
    connection,
    contact: { ...contact, identities: [{ ...identity, id: identityId }] },
    ticket,
    message,
    facts: [
      { kind: "ticket.created", ...about, why },
      { kind: "message.received", ...about, data: { direction: message.direction } },
    ],
  }
}

function refuseDisabledConnection(row: JoinRow | undefined): JoinRow {
  if (!row || row.connectionKind === null) throw notFound("connection")
  if (!row.connectionEnabled) throw new Refusal("conflict", "connection_disabled")
  return row
}

async function joined(kit: Kit, row: JoinRow, message: NewMessage): Promise<ReceivedMessage> {
  kit.db.wakes.wake("log")
  const { glance, bare } = splitLookup(row)
  const contact = { id: glance.contactId!, name: glance.contactName! }
  const ticket = await nameTicket(kit.db, bare, { contact, connection: connectionOf(message, glance) })
  const sender = message.senderKind === "contact" ? contact : null
  const shown = shownMessage(ticket.id, sender?.name ?? null, { ...message, senderId: sender?.id ?? message.senderId })
  return { ticket, message: shown, decision: { action: "joined", why: joinedActiveDecision } }
}

/** Nobody wrote on this thread before, so there was nothing to weigh: the ticket was made in one statement. */
async function created(kit: Kit, first: TicketCreation, seen: Lookup, bare: BareRow): Promise<ReceivedMessage> {
  kit.db.wakes.wake("log")
  const contact = { id: first.ticket.contactId!, name: first.contact?.name ?? seen.contactName! }
  const ticket = await nameTicket(kit.db, bare, { contact, connection: connectionOf(first.message, seen) })
  const senderName = first.message.senderKind === "contact" ? contact.name : null
  const shown = shownMessage(ticket.id, senderName, first.message)
  return { ticket, message: shown, decision: { action: "created", why: first.why } }
}

const connectionFactsOf = (seen: Lookup) => ({ kind: seen.connectionKind!, teamIds: seen.connectionTeams })

const connectionOf = (message: NewMessage, seen: Lookup) => ({
  id: message.connectionId!,
  name: seen.connectionName!,
  kind: seen.connectionKind!,
})

function splitLookup(row: JoinRow): { glance: Lookup; bare: BareRow } {
  const {
    connectionKind,
    connectionName,
    connectionEnabled,
    connectionTeams,
    contactId,
    identityId,
    contactName,
    isBlocked,
    knownMessageId,
    hasHistory,
    isLinked,
    ...bare
  } = row
  const connection = { connectionKind, connectionName, connectionEnabled, connectionTeams }
  const person = { contactId, identityId, contactName, isBlocked }
  return { glance: { ...connection, ...person, knownMessageId, hasHistory, isLinked }, bare }
}
