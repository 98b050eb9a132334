// The everyday cases in one round trip each, which is a transaction by itself: a plan that was made on an assumption is
// written if the assumption holds. They hold no rule: what they check is the assumption, what they write is the plan. The
// parts belong to the modules that own the tables.
import type { Actor } from "#kernel/act.ts"
import { type Param, type Statement, statement } from "#kernel/db.ts"
import { contactOfSql, type Identity, insertContactSql, type NewContact } from "#contacts/index.ts"
import { recordSql } from "#event-log/index.ts"
import { insertMessageSql, type NewMessage } from "#messages/index.ts"
import { bareColumns, type BareRow, conversationKeySql, insertTicketSql, messageEffectSql } from "#tickets/index.ts"
import type { ConnectionKind } from "#connections/index.ts"
import { toNewTicket } from "../to-new-ticket.ts"
import type { PlannedMessage } from "../plan-from-snapshot.ts"
import type { MessagePlan } from "../plan-messages.ts"
import { eventsOf } from "../events-of-planned-message.ts"

/** What one look at connection and sender gives, whether or not the message could join at once. */
export type Lookup = {
  connectionKind: ConnectionKind | null
  connectionName: string | null
  connectionEnabled: boolean
  connectionTeams: string[]
  contactId: string | null
  identityId: string | null
  contactName: string | null
  isBlocked: boolean
  knownMessageId: string | null
  hasHistory: boolean
  /** All addresses that came along are this contact's already. */
  isLinked: boolean
}

export type JoinRow = Lookup & BareRow

export type JoinInput = {
  identity: Identity
  also: readonly Identity[]
  message: NewMessage
  campaignShipmentId: string | null
  /** Null: the contact of the thread. */
  by: Actor | null
  planned: MessagePlan
}

/** Joins the active ticket of the thread if there is one (else `id` is null), and says what is known of connection and sender. */
export function joinStatement(joining: JoinInput): Statement {
  return statement(
    `intake-join-${shapeOf(joining)}`,
    (p) => `${joinParts(p, joining)}
      select ${lookupColumns}, ${bareColumns} from seen s left join joined t on true`,
  )
}

const lookupColumns = `
  s.kind as "connectionKind", s.name as "connectionName", coalesce(s.enabled, false) as "connectionEnabled",
  coalesce(s.team_ids, '{}') as "connectionTeams", s.contact_id as "contactId",
  s.identity_id as "identityId", s.contact_name as "contactName", coalesce(s.blocked, false) as "isBlocked",
  s.message_id as "knownMessageId", s.linked as "isLinked",
  t.id is null and exists (select from tickets o where o.thread_key = s.thread_key) as "hasHistory"`

// All that the text depends on: a prepared statement's name must never stand for two texts.
const shapeOf = ({ planned, by, identity, also }: JoinInput) =>
  [
    planned.unread,
    by ? "by" : "contact",
    ...[identity, ...also].map((one) => (one.also.length > 0 ? "several" : "one")),
  ].join("-")

function joinParts(p: Param, joining: JoinInput): string {
  const { message, campaignShipmentId, by, planned } = joining
  const people = { ...(by ? {} : { sender: "t.contact_id" }), contact: "s.contact_id", identity: "s.identity_id" }
  const actor = by ? {} : { actor: "t.contact_id" }
  const touched = messageEffectSql(p, {
    sentAt: message.sentAt,
    unread: planned.unread,
    updatedAt: planned.touches ? message.now : null,
    campaignShipmentId,
  })
  const fact = { at: message.now, actor: by ?? contactActor, ...planned.event }
  return `with seen as materialized (${seenSql(p, joining)}),
      joined as (
        update tickets t set ${touched} from seen s
        where t.thread_key = s.thread_key and t.active and s.enabled and s.linked and not s.blocked and s.message_id is null
        returning t.*),
      said as (${insertMessageSql(p, { from: "from joined t, seen s", ticket: "t.id", ticketDay, ...people }, message)}),
      logged as (${recordSql(p, { from: "joined t", ticket: "t", subject: `${p(message.id)}::text`, ...actor }, fact)})`
}

// Always one row: the connection, the person and the message, as far as they are known.
function seenSql(p: Param, { identity, also, message }: Pick<JoinInput, "identity" | "also" | "message">): string {
  const connection = p(message.connectionId)
  const linked = also.map((one) => `(${contactOfSql(p, one)}) = i.contact_id`)
  return `select n.kind, n.name, n.enabled and n.deleted_at is null as enabled, n.team_ids, i.contact_id, i.id as identity_id,
      c.name as contact_name, c.blocked, ${conversationKeySql("n.id", "i.contact_id")} as thread_key, k.id as message_id,
      ${linked.join(" and ") || "true"} as linked
    from (select 1) one left join connections n on n.id = ${connection}
      left join lateral (${contactOfSql(p, identity, "id, contact_id")}) i on true left join contacts c on c.id = i.contact_id
      left join messages k on k.connection_id = ${connection} and k.external_id = ${p(message.externalId)}`
}

const ticketDay = "(t.created_at at time zone 'UTC')::date"
const contactActor: Actor = { kind: "contact", id: null }

/** Makes the contact and the ticket with its first message in one statement. A race for the address shows as a unique violation. */
export function createStatement(first: PlannedMessage): Statement {
  return statement(
    "intake-create",
    (p) =>
      `with ${insertContactSql(p, newContactOf(first))}, ${createParts(p, first)} select ${bareColumns} from created t`,
  )
}

/**
 * The same for somebody who is thought to be new on a connection thought to be as it was: makes contact and ticket if both are
 * true (else `id` is null), and says what is known.
 */
export function guessStatement(first: PlannedMessage): Statement {
  const { connection, message } = first
  const contact = newContactOf(first)
  return statement("intake-guess", (p) => {
    const seen = seenSql(p, { identity: contact.identity, also: [], message })
    const asThought = `s.enabled and s.kind = ${p(connection.kind)} and s.team_ids = ${p(connection.teamIds)}::text[]`
    const from = `from seen s where s.contact_id is null and s.message_id is null and ${asThought}`
    return `with seen as materialized (${seen}), ${insertContactSql(p, contact, from)}, ${createParts(p, first)}
      select ${lookupColumns}, ${bareColumns} from seen s left join created t on true`
  })
}

/** Who writes by one address is found by it alone. */
function newContactOf({ thread, message }: PlannedMessage): NewContact {
  const { identities, ...contact } = thread.newcomer!
  const first = identities[0]!
  return { ...contact, identityId: first.id, identity: first, now: message.now }
}

function createParts(p: Param, one: PlannedMessage): string {
  const { message } = one
  const [made, said] = eventsOf(one).map((event) => ({ ...event, at: message.now }))
  const source = { from: "created t", ticket: "t", subject: `${p(message.id)}::text` }
  // Nothing else tells PostgreSQL which of two inserts comes first, and the log is written in the order of its ids.
  const after = { ...source, from: "created t, (select count(*) from logged) first" }
  return `created as (${insertTicketSql(p, toNewTicket(one), "from person")}),
      said as (${insertMessageSql(p, { from: "from created t", ticket: "t.id", ticketDay }, message)}),
      logged as (${recordSql(p, source, made!)} returning id), heard as (${recordSql(p, after, said!)})`
}

/** What was seen, and the ticket's own columns. */
export function splitLookup(row: JoinRow): { lookup: Lookup; bare: BareRow } {
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
  return { lookup: { ...connection, ...person, knownMessageId, hasHistory, isLinked }, bare }
}
