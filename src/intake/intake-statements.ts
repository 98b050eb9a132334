// The statements of intake. Each is one round trip and one transaction by itself; the parts belong to the modules that
// own the tables. What is everyday (joining the active ticket, a first message) never needs more than these two.
import { sql } from "kysely"
import type { Act, Actor } from "#kernel/act.ts"
import { type Param, type Statement, statement } from "#kernel/db.ts"
import { contactOfSql, type Identity, insertContactSql, type NewContact } from "#contacts/index.ts"
import { recordSql, type DecisionReason } from "#event-log/index.ts"
import { insertMessageSql, type NewMessage } from "#messages/index.ts"
import {
  bareColumns,
  conversationKeySql,
  type BareRow,
  insertTicketSql,
  type NewTicket,
  messageEffectSql,
} from "#tickets/index.ts"
import type { ConnectionKind } from "#connections/index.ts"
import type { Candidate } from "./decide-ticket.ts"
import type { CachedConnection } from "./sender-cache.ts"

/** What one look at the door tells, whether or not the message could join at once. */
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
  unread: "add" | "clear"
  campaignShipmentId: string | null
  /** Null: the contact of the thread. */
  by: Actor | null
  why: DecisionReason
}

/** Joins the active ticket of the thread if there is one (else `id` is null), and says what is known of the door. */
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
const shapeOf = ({ unread, by, identity, also }: JoinInput) =>
  [unread, by ? "by" : "contact", ...[identity, ...also].map((one) => (one.also.length > 0 ? "several" : "one"))].join(
    "-",
  )

function joinParts(p: Param, joining: JoinInput): string {
  const { message, unread, campaignShipmentId, by, why } = joining
  const people = { ...(by ? {} : { sender: "t.contact_id" }), contact: "s.contact_id", identity: "s.identity_id" }
  const actor = by ? {} : { actor: "t.contact_id" }
  const touched = messageEffectSql(p, {
    sentAt: message.sentAt,
    unread,
    updatedAt: message.now,
    campaignShipmentId,
  })
  const fact = {
    at: message.now,
    kind: "message.received",
    actor: by ?? contactActor,
    data: { direction: message.direction },
    why,
  } as const
  return `with seen as materialized (${seenSql(p, joining)}),
      joined as (
        update tickets t set ${touched} from seen s
        where t.thread_key = s.thread_key and t.active and s.enabled and s.linked and not s.blocked and s.message_id is null
        returning t.*),
      said as (${insertMessageSql(p, { from: "from joined t, seen s", ticket: "t.id", ticketDay, ...people }, message)}),
      logged as (${recordSql(p, { from: "joined t", ticket: "t", subject: `${p(message.id)}::text`, ...actor }, fact)})`
}

// Always one row: the door, the person and the message, as far as they are known.
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

/** `isQuiet`: the message is kept, and nobody hears of it. */
export type TicketCreation = {
  ticket: NewTicket
  message: NewMessage
  contact: NewContact | null
  by: Actor
  why: DecisionReason
  isQuiet: boolean
}

/**
 * Makes the ticket with its first message – and the contact, when nobody has the identity yet – in one statement.
 * Gives no row when the contact was merged or removed since it was looked up.
 */
export function createStatement(creating: TicketCreation): Statement {
  const { contact, ticket } = creating
  return statement(`intake-create-${contact ? "contact" : "known"}`, (p) => {
    const person = contact ? insertContactSql(p, contact) : heldContactSql(p, ticket.contactId)
    return `with ${person}, ${createParts(p, creating)} select ${bareColumns} from created t`
  })
}

/**
 * The same for somebody who is thought to be new on a door thought to be `door`: makes contact and ticket if both are
 * true (else `id` is null), and says what is known.
 */
export function guessStatement(creating: TicketCreation, contact: NewContact, connection: CachedConnection): Statement {
  return statement("intake-guess", (p) => {
    const seen = seenSql(p, { identity: contact.identity, also: [], message: creating.message })
    const asThought = `s.enabled and s.kind = ${p(connection.kind)} and s.team_ids = ${p(connection.teamIds)}::text[]`
    const from = `from seen s where s.contact_id is null and s.message_id is null and ${asThought}`
    return `with seen as materialized (${seen}), ${insertContactSql(p, contact, from)}, ${createParts(p, creating)}
      select ${lookupColumns}, ${bareColumns} from seen s left join created t on true`
  })
}

function createParts(p: Param, { ticket, message, by, why, isQuiet }: TicketCreation): string {
  const made = { at: ticket.now, kind: "ticket.created", actor: by, why } as const
  const kind = isQuiet ? "message.attached" : "message.received"
  const data = { direction: message.direction, ...(isQuiet && { blocked: true }) }
  const said = { at: ticket.now, kind, actor: by, data } as const
  const source = { from: "created t", ticket: "t", subject: `${p(message.id)}::text` }
  // Nothing else tells PostgreSQL which of two inserts comes first, and the log is told in the order of its ids.
  const after = { ...source, from: "created t, (select count(*) from logged) first" }
  return `created as (${insertTicketSql(p, ticket, "from person")}),
      said as (${insertMessageSql(p, { from: "from created t", ticket: "t.id", ticketDay }, message)}),
      logged as (${recordSql(p, source, made)} returning id), heard as (${recordSql(p, after, said)})`
}

// Whoever merges or removes the contact holds its row: we wait for them, and then see that it is no longer there.
const heldContactSql = (p: Param, id: string | null) =>
  `person as materialized (select id from contacts where id = ${p(id)} and merged_into is null for share)`

/** The ticket or contact is no longer what the rule saw. Shaped as the database's own refusal, so that one loop handles both. */
export const isLostRace = () =>
  Object.assign(new Error("the thread changed while the rule looked"), { code: "23505", constraint: "" })

export type CandidateRow = Candidate & { active: boolean; isLatest: boolean; encloses: boolean }

/** A thread; with the ticket that it leads to since a merge, and that ticket's own thread. */
export type ThreadPlace = { threadKeys: string[]; ticketId: string | null }

/** The tickets that the rule may choose from: the active one, the latest-updated one, and one that encloses the time. */
export async function candidatesOf(act: Act, place: ThreadPlace, ownTime: Date | null): Promise<CandidateRow[]> {
  const at = ownTime ?? null
  const rows = await sql<CandidateRow>`
    with thread as (
      select * from tickets where thread_key = any(${place.threadKeys}) and merged_into is null
      union select * from tickets where id = ${place.ticketId} and merged_into is null),
    latest as (select id from thread order by active desc, updated_at desc, id desc limit 1),
    enclosing as (
      select id from thread where not active and ${at}::timestamptz between first_message_at and last_message_at
      order by updated_at desc, id desc limit 1)
    select t.id, t.number, t.kind, t.status, t.assignee_id, t.campaign_shipment_id, t.updated_at, t.closed_at, t.active,
      t.id = (select id from latest) as is_latest, coalesce(t.id = (select id from enclosing), false) as encloses,
      (select max(g.reopen_window_minutes) from ticket_categories tc join categories g on g.id = tc.category_id
        where tc.ticket_id = t.id) as category_window_minutes
    from thread t where t.id in (select id from latest union select id from enclosing)`.execute(act.tx)
  return rows.rows
}

/** The message with this id of the provider, if it came before. */
export async function knownMessage(act: Act, connectionId: string, externalId: string) {
  return act.tx
    .selectFrom("messages")
    .select(["id", "ticketId"])
    .where("connectionId", "=", connectionId)
    .where("externalId", "=", externalId)
    .executeTakeFirst()
}

/** The ticket of the message that a reaction is about. */
export async function ticketOfMessage(act: Act, connectionId: string, ref: string): Promise<Candidate | undefined> {
  const rows = await sql<Candidate>`
    select t.id, t.number, t.kind, t.status, t.assignee_id, t.campaign_shipment_id, t.updated_at, t.closed_at,
      null::int as category_window_minutes
    from messages m join tickets t on t.id = m.ticket_id
    where m.connection_id = ${connectionId} and (m.external_id = ${ref} or m.id = ${ref}) limit 1`.execute(act.tx)
  return rows.rows[0]
}
