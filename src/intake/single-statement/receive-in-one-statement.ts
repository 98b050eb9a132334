// A message that joins its thread's active ticket, or is the first of somebody new, by one statement that is a transaction by
// itself. It holds no rule: it looks whether the case is as a plan assumed, and writes the plan if it is.
import type { Actor } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { nameContact } from "#contacts/index.ts"
import { shownMessage } from "#messages/index.ts"
import { nameTicket } from "#tickets/index.ts"
import type { InboundMessage, ReceivedMessage } from "../inbound-message.ts"
import { toMessageRow } from "../to-message-row.ts"
import { joinOrCreate, type PlannedEverydayMessage } from "./join-or-create-ticket.ts"
import { planOfFirst, planOfJoin } from "./plan-without-snapshot.ts"
import { type CachedConnection, cacheSender, isNewSender } from "./sender-cache.ts"
import { type Lookup, type LookupRow, splitLookup } from "./sender-lookup-sql.ts"

type Reception = { by: Actor; inbound: InboundMessage; now: Date }

/** Null when the case is not what was assumed; then, and of a message that came before, nothing was written. */
export async function receiveInOneStatement(
  kit: Kit,
  reception: Reception,
): Promise<ReceivedMessage | "repeat" | null> {
  const { inbound } = reception
  const guess = isNewSender(kit.db, inbound)
  // Before it is known to be true: what else they write now need not make them, too.
  if (guess) cacheSender(kit.db, inbound, guess)
  const planned = toPlanned(reception, guess)
  const row = refuseDisabledConnection(await joinOrCreate(kit.db, planned))
  const connection = { kind: row.connectionKind!, teamIds: row.connectionTeams }
  cacheSender(kit.db, inbound, connection)
  if (row.id !== null) return received(kit, reception, planned, row)
  if (row.knownMessageId !== null) return "repeat"
  if (row.contactId !== null) return null
  const first = toPlanned(reception, connection)
  const again = refuseDisabledConnection(await joinOrCreate(kit.db, first))
  return again.id === null ? null : received(kit, reception, first, again)
}

/** `connection`: on which its sender is thought to be new; null when they are not. */
function toPlanned({ by, inbound, now }: Reception, connection: CachedConnection | null): PlannedEverydayMessage {
  const { person, direction, campaignShipmentId, connectionId } = inbound
  const message = toMessageRow(inbound, now)
  return {
    identity: person.identity,
    message,
    campaignShipmentId,
    by: direction === "in" ? null : by,
    isBot: inbound.bot,
    planned: planOfJoin(inbound, now),
    first: connection && planOfFirst(inbound, now, { connection: { id: connectionId, ...connection }, by, message }),
  }
}

function refuseDisabledConnection(row: LookupRow | undefined): LookupRow {
  if (!row || row.connectionKind === null) throw notFound("connection")
  if (!row.connectionEnabled) throw new Refusal("conflict", "connection_disabled")
  return row
}

async function received(
  kit: Kit,
  { inbound, now }: Reception,
  { message, planned, first }: PlannedEverydayMessage,
  row: LookupRow,
): Promise<ReceivedMessage> {
  kit.db.wakes.wake("log")
  const { lookup, bare } = splitLookup(row)
  const created = first?.planned.ticketId === bare.id ? first : null
  const contact = created
    ? { id: created.thread.contactId, name: inbound.person.name }
    : { id: lookup.contactId!, name: await nameOf(kit, inbound, lookup, now) }
  const connection = { id: inbound.connectionId, name: lookup.connectionName!, kind: lookup.connectionKind! }
  const ticket = await nameTicket(kit.db, bare, { contact, connection })
  const sender = message.senderKind === "contact" ? contact : null
  const shown = shownMessage(ticket.id, sender?.name ?? null, { ...message, senderId: sender?.id ?? message.senderId })
  const { why } = (created?.planned ?? planned).decision
  return { ticket, message: shown, decision: { action: created ? "created" : "joined", why } }
}

/** Who was stored without a name gets the one that came along. */
async function nameOf(kit: Kit, { person: { name } }: InboundMessage, { contactId, contactName }: Lookup, now: Date) {
  if (contactName !== "" || name === "") return contactName!
  await nameContact(kit.db.kysely, contactId!, { name, now })
  return name
}
