// The API's own sources: who posts messages, and what of a ticket they are answered.
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Database } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { connectionById } from "#connections/index.ts"
import { contactOfIdentity } from "#contacts/index.ts"
import { can, type Principal } from "#people/index.ts"
import { factsOf, type Ticket, toTicket } from "#tickets/index.ts"
import type { InboundMessage, ReceivedMessage } from "#intake/index.ts"

// What kind a connection is never changes, so that it is asked for once and not with every message.
const apiConnections = new WeakMap<Database, Set<string>>()

/** Refuses: 403 users who may not post there, and connections that are fed by a channel; 404 an unknown one. */
export async function refuseForeignSource({ db }: Kit, who: Principal, connectionId: string): Promise<void> {
  if (!can.handInAt(who, connectionId)) throw new Refusal("forbidden", "forbidden")
  const known = apiConnections.get(db) ?? new Set()
  apiConnections.set(db, known)
  if (known.has(connectionId)) return
  const connection = await connectionById(db.kysely, connectionId)
  if (!connection) throw notFound("connection")
  if (connection.kind !== "api")
    throw new Refusal("forbidden", "forbidden", "Only a connection of kind api takes messages here")
  known.add(connectionId)
}

type SourceAnswer = Pick<ReceivedMessage, "message"> & { ticket: Ticket | null }

/**
 * The outcome as `who` may see it. A source without a right to the ticket is answered what its customer would see, and nothing at
 * all of a ticket that is another customer's: since a merge, or because the message's id was a guess.
 */
export async function visibleToSource(
  kit: Kit,
  who: Principal,
  inbound: InboundMessage,
  { ticket, message, decision }: ReceivedMessage,
): Promise<SourceAnswer> {
  if (!ticket || can.seeTicket(who, factsOf(ticket))) return { ticket: ticket && toTicket(who, ticket), message }
  const contactId = await inTransaction(kit.db, { actor: who, now: kit.now() }, (act) =>
    contactOfIdentity(act, (inbound.group ?? inbound.person).identity),
  )
  const isTheirs = contactId !== null && ticket.contact?.id === contactId
  if (!isTheirs) return { ticket: null, message: decision.action === "duplicate" ? null : message }
  const customer: Principal = { ...who, role: "user", contactId: null }
  return { ticket: toTicket(customer, { ...ticket, customFields: {} }), message }
}
