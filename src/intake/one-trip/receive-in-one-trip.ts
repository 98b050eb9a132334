// A message that joins its thread's active ticket, or is the first of its thread, in a trip or two of one statement each.
import type { Actor } from "#kernel/act.ts"
import type { Kit } from "#kernel/http/idempotent-request.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { nameContact } from "#contacts/index.ts"
import { type NewMessage, shownMessage } from "#messages/index.ts"
import { type BareRow, nameTicket } from "#tickets/index.ts"
import type { InboundMessage, ReceivedMessage } from "../inbound-message.ts"
import { lostRaceError } from "../lost-race-error.ts"
import { toMessageRow } from "../to-message-row.ts"
import type { PlannedMessage } from "../plan-from-snapshot.ts"
import { planOfFirst, planOfJoin } from "./assumed-plan.ts"
import { createStatement, type JoinInput, type JoinRow, type Lookup, splitLookup } from "./intake-statements.ts"
import { makeFirst } from "./first-batcher.ts"
import { joinActiveTicket } from "./join-batcher.ts"
import { isNewSender, cacheSender } from "./sender-cache.ts"

/** Null when the case is not what was assumed, and nothing was written. */
export async function receiveInOneTrip(
  kit: Kit,
  by: Actor,
  inbound: InboundMessage,
  now: Date,
): Promise<ReceivedMessage | null> {
  const guessed = await createdByGuess(kit, by, inbound, now)
  if (guessed) return guessed
  const joining = toJoin(inbound, by, now)
  const seen = refuseDisabledConnection(await joinActiveTicket(kit.db, joining))
  cacheSender(kit.db, inbound, factsOf(seen))
  if (seen.id !== null) return joined(kit, await named(kit, inbound, seen, now), joining)
  // With somebody who is known others may be opening a conversation right now: only who holds the contact sees that.
  if (seen.contactId !== null || seen.knownMessageId !== null || !seen.isLinked) return null
  const connection = { id: inbound.connectionId, ...factsOf(seen) }
  const first = planOfFirst(inbound, now, { connection, by })
  const [bare] = await kit.db.run<BareRow>(createStatement(first))
  if (!bare) throw lostRaceError("contact")
  return created(kit, first, seen, bare)
}

function toJoin(inbound: InboundMessage, by: Actor, now: Date): JoinInput {
  const { person, direction, campaignShipmentId } = inbound
  return {
    identity: person.identity,
    also: person.also ?? [],
    message: toMessageRow(inbound, now),
    campaignShipmentId,
    by: direction === "in" ? null : by,
    planned: planOfJoin(inbound, now),
  }
}

/** A sender who seems new is created at once; null when they are not, or nothing is known. */
async function createdByGuess(
  kit: Kit,
  by: Actor,
  inbound: InboundMessage,
  now: Date,
): Promise<ReceivedMessage | null> {
  const known = isNewSender(kit.db, inbound)
  if (!known) return null
  // Before it is known to be true: if the race is lost, the next try must look.
  cacheSender(kit.db, inbound, known)
  const connection = { id: inbound.connectionId, ...known }
  const first = planOfFirst(inbound, now, { connection, by })
  const row = await makeFirst(kit.db, first)
  return row && row.id !== null ? created(kit, first, row, splitLookup(row).bare) : null
}

/** Who was stored without a name gets the one that came along. */
async function named(kit: Kit, { person: { name } }: InboundMessage, row: JoinRow, now: Date): Promise<JoinRow> {
  if (row.contactName !== "" || name === "") return row
  await nameContact(kit.db.kysely, row.contactId!, { name, now })
  return { ...row, contactName: name }
}

function refuseDisabledConnection(row: JoinRow | undefined): JoinRow {
  if (!row || row.connectionKind === null) throw notFound("connection")
  if (!row.connectionEnabled) throw new Refusal("conflict", "connection_disabled")
  return row
}

async function joined(kit: Kit, row: JoinRow, { message, planned }: JoinInput): Promise<ReceivedMessage> {
  kit.db.wakes.wake("log")
  const { lookup: seen, bare } = splitLookup(row)
  const contact = { id: seen.contactId!, name: seen.contactName! }
  const ticket = await nameTicket(kit.db, bare, { contact, connection: connectionOf(message, seen) })
  const sender = message.senderKind === "contact" ? contact : null
  const shown = shownMessage(ticket.id, sender?.name ?? null, { ...message, senderId: sender?.id ?? message.senderId })
  return { ticket, message: shown, decision: { action: "joined", why: planned.decision.why } }
}

/** Nobody wrote on this thread before: the ticket was made in one statement. */
async function created(kit: Kit, first: PlannedMessage, seen: Lookup, bare: BareRow): Promise<ReceivedMessage> {
  kit.db.wakes.wake("log")
  const { message, thread, planned } = first
  const contact = { id: thread.contactId, name: thread.newcomer?.name ?? seen.contactName! }
  const ticket = await nameTicket(kit.db, bare, { contact, connection: connectionOf(message, seen) })
  const shown = shownMessage(ticket.id, message.senderKind === "contact" ? contact.name : null, message)
  return { ticket, message: shown, decision: { action: "created", why: planned.decision.why } }
}

const factsOf = (seen: Lookup) => ({ kind: seen.connectionKind!, teamIds: seen.connectionTeams })

const connectionOf = (message: NewMessage, seen: Lookup) => ({
  id: message.connectionId!,
  name: seen.connectionName!,
  kind: seen.connectionKind!,
})
