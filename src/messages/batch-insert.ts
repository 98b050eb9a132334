// Many messages at once.
import { type Statement, statement } from "#kernel/db.ts"
import type { NewMessage } from "./message-store.ts"

export type ExternalId = { connectionId: string; externalId: string }

export type KnownMessage = ExternalId & { id: string; ticketId: string }

/** Which of these messages came before. Gives `KnownMessage` rows. */
export function knownMessagesStatement(ids: readonly ExternalId[]): Statement {
  return statement(
    "known-messages",
    (
      p,
    ) => `select m.connection_id as "connectionId", m.external_id as "externalId", m.id, m.ticket_id as "ticketId" from messages m
      join json_to_recordset(${p(JSON.stringify(ids))}::json) as r ("connectionId" text, "externalId" text)
        on m.connection_id = r."connectionId" and m.external_id = r."externalId"`,
  )
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

/** The columns of a message as JSON has them, without its people and its ticket. */
export const messageRecord = `id text, "connectionId" text, "externalId" text, kind text, direction text, "senderKind" text,
  content text, "contentHtml" text, "isInternal" boolean, "replyTo" text, "deliveryState" text,
  "clientKey" text, "sentAt" timestamptz, address text, position bigint`

/** Stores messages, in the order that everybody keeps. Gives the `id` of those that had not come before. */
export function insertMessagesStatement(messages: readonly PlacedMessage[], now: Date): Statement {
  const rows = messages.map(({ now: _now, ...message }) => message)
  return statement("insert-messages", (p) => {
    const from = `json_to_recordset(${p(JSON.stringify(rows))}::json) as r (${messageRecord}, "senderId" text,
      "contactId" text, "identityId" text, "ticketId" text)`
    return `${insertMessagesSql(`${p(now)}::timestamptz`, from)} order by r."connectionId", r."externalId"
      on conflict (connection_id, external_id) where external_id is not null do nothing returning id`
  })
}
