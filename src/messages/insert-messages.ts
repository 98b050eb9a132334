// Messages are written, one or many, as a statement or as part of a larger one: the only insert.
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { DeliveryState } from "./api-contract.ts"

/** With whom a message is exchanged, fixed when it is written; `address` as the channel writes it. Null: nobody is known. */
export type Counterpart = { contactId: string | null; identityId: string | null; address: string | null }

export const noCounterpart: Counterpart = { contactId: null, identityId: null, address: null }

/** `position`: its place among all messages, when it took one before it was stored; null: the next one. */
export type NewMessage = Counterpart & {
  id: string
  position: number | null
  connectionId: string | null
  externalId: string | null
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  senderKind: "contact" | "user" | "system" | "bot"
  senderId: string | null
  content: string
  contentHtml: string | null
  isInternal: boolean
  replyTo: string | null
  deliveryState: DeliveryState
  /** Under which the writer's browser sent it. */
  clientKey?: string | undefined
  sentAt: Date
  now: Date
}

export type PlacedMessage = NewMessage & { ticketId: string }

/**
 * The insert of messages as part of a larger statement. `from` has a column for each that a message is given, named as in
 * `NewMessage`; messages that have no position take one in the order in which it gives them. `ticketDay`: SQL of the day of
 * a ticket that the same statement makes.
 */
export function insertMessagesSql(now: string, from: string, ticketDay = dayOfTicket): string {
  return `insert into messages (id, connection_id, external_id, kind, direction, sender_kind, sender_id, content,
      content_html, is_internal, reply_to, delivery_state, client_key, sent_at, created_at, contact_id, identity_id, address, position, ticket_id,
      ticket_day)
    select r.id, r."connectionId", r."externalId", r.kind, r.direction, r."senderKind", r."senderId", r.content,
      r."contentHtml", r."isInternal", r."replyTo", r."deliveryState", r."clientKey", r."sentAt", ${now}, r."contactId", r."identityId",
      r.address, coalesce(r.position, nextval('message_positions')), r."ticketId",
      ${ticketDay} from ${from}`
}

const dayOfTicket = `(select (created_at at time zone 'UTC')::date from tickets where id = r."ticketId")`

/** The columns of a message as its record has them, without its people and its ticket. */
export const messageRecord = `id text, "connectionId" text, "externalId" text, kind text, direction text, "senderKind" text,
  content text, "contentHtml" text, "isInternal" boolean, "replyTo" text, "deliveryState" text,
  "clientKey" text, "sentAt" timestamptz, address text, position bigint`

export const placedMessageRecord = `${messageRecord}, "senderId" text, "contactId" text, "identityId" text, "ticketId" text`

/** Stores messages, in the order that everybody keeps. Gives the `id` of those that had not come before. */
export function insertMessagesStatement(messages: readonly PlacedMessage[], now: Date): Statement {
  const rows = messages.map(({ now: _now, ...message }) => message)
  return statement(`insert-messages-${countWord(rows)}`, (p) => {
    const from = rowsSql(p, rows, placedMessageRecord)
    return `${insertMessagesSql(`${p(now)}::timestamptz`, from)} order by r."connectionId", r."externalId"
      on conflict (connection_id, external_id) where external_id is not null do nothing returning id`
  })
}

/** Stores messages of another system, in this order: each is as old here as it is there. */
export function insertImportedMessagesStatement(messages: readonly PlacedMessage[]): Statement {
  const rows = messages.map(({ now: _now, ...message }) => message)
  return statement("", (p) => insertMessagesSql(`r."sentAt"`, rowsSql(p, rows, placedMessageRecord)))
}
