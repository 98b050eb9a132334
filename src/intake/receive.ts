// Find or create: the one way in for every message of every door.
import { type Actor, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { notFound, Refusal, uniqueViolation } from "#kernel/errors.ts"
import { type NewMessage, shownMessage } from "#messages/index.ts"
import type { ViewRow } from "#tickets/index.ts"
import { deliberate } from "./deliberate.ts"
import { type Inbound, isPlain, type Received } from "./inbound.ts"
import { firstTicket } from "./first.ts"
import { joinedActive, joiningOf, newMessage } from "./message.ts"
import { createStatement, type Glance, joinStatement, type JoinRow, lostRace } from "./store.ts"

const longestPauseMs = 20

/**
 * Takes in one message. What it changes is one transaction; a repeat of the same message changes nothing.
 * A lost race is run once more from the start. A new person on several doors loses first the address, then the thread:
 * each race may be lost once.
 * Refuses: 404 unknown connection, 409 `connection_disabled`, 503 when one race is lost twice.
 */
export async function receive(kit: Kit, by: Actor, inbound: Inbound): Promise<Received> {
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

async function receiveOnce(kit: Kit, by: Actor, inbound: Inbound, now: Date): Promise<Received> {
  const thoroughly = () => inTransaction(kit.db, { actor: by, now }, (act) => deliberate(act, inbound))
  if (!isPlain(inbound) || (inbound.files ?? []).length > 0) return thoroughly()
  const message = newMessage(inbound, now)
  const [row] = await kit.db.run<JoinRow>(joinStatement(joiningOf(inbound, message, by)))
  const seen = refuseClosedDoor(row)
  if (seen.id !== null) return joined(kit, seen, message)
  if (seen.knownMessageId !== null || seen.hasHistory || !seen.isLinked) return thoroughly()
  return createdAtOnce(kit, by, inbound, message, seen)
}

function refuseClosedDoor(row: JoinRow | undefined): JoinRow {
  if (!row || row.connectionKind === null) throw notFound("connection")
  if (!row.connectionEnabled) throw new Refusal("conflict", "connection_disabled")
  return row
}

function joined(kit: Kit, row: JoinRow, message: NewMessage): Received {
  kit.db.poke("log")
  const { ticket } = splitGlance(row)
  const fromContact = message.senderKind === "contact" ? ticket.contact : null
  const shown = shownMessage(ticket.id, fromContact?.name ?? null, {
    ...message,
    senderId: fromContact?.id ?? message.senderId,
  })
  return { ticket, message: shown, decision: { action: "joined", why: joinedActive } }
}

/** Nobody wrote on this thread before, so there is nothing to weigh: the ticket is made in one statement. */
async function createdAtOnce(
  kit: Kit,
  by: Actor,
  inbound: Inbound,
  message: NewMessage,
  seen: Glance,
): Promise<Received> {
  const first = firstTicket(inbound, message, {
    kind: seen.connectionKind!,
    teamIds: seen.connectionTeams,
    contactId: seen.contactId,
    by,
  })
  const [ticket] = await kit.db.run<ViewRow>(createStatement(first))
  if (!ticket) throw lostRace()
  kit.db.poke("log")
  const shown = shownMessage(
    ticket.id,
    first.message.senderKind === "contact" ? (ticket.contact?.name ?? null) : null,
    first.message,
  )
  return { ticket, message: shown, decision: { action: "created", why: first.why } }
}

function splitGlance(row: JoinRow): { ticket: ViewRow } {
  const {
    connectionKind: _1,
    connectionEnabled: _2,
    connectionTeams: _3,
    contactId: _4,
    knownMessageId: _5,
    hasHistory: _6,
    isLinked: _7,
    ...ticket
  } = row
  return { ticket }
}
