import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Database, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { countCap, type Page, toPage, readCursor } from "#kernel/http/pagination.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { saveMarketingPreference } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { insertMessagesSql, type NewMessage, placedMessageRecord } from "./insert-messages.ts"
import type { DeliveryState, Message } from "./api-contract.ts"
import { cleanHtml } from "./render-markdown.ts"
import { clientKeyFor, messageColumns, messageJoins, type MessageRow, toMessage } from "./message-view.ts"

export async function insertMessage(act: Act, ticketId: string, m: NewMessage): Promise<Message> {
  const rows = await runIn<MessageRow>(
    act.tx,
    statement("", (p) => {
      const insert = insertMessagesSql(
        `${p(m.now)}::timestamptz`,
        rowsSql(p, [{ ...m, ticketId }], placedMessageRecord),
      )
      return `with g as (${insert} returning *) select ${messageColumns} from g ${messageJoins}`
    }),
  )
  return toMessage(rows[0]!, act.now)
}

/** The same message as the API shows it, without asking the database again. */
export function shownMessage(ticketId: string, senderName: string | null, m: NewMessage): Message {
  const { senderKind, senderId, deliveryState, now, connectionId: _c, externalId: _e, clientKey: _k, ...more } = m
  const { contactId: _o, identityId: _i, address: _a, position: _p, ...rest } = more
  const sender = { type: senderKind, id: senderId, name: senderName }
  return {
    ...rest,
    ticketId,
    attachments: [],
    sender,
    delivery: { state: deliveryState, canRetry: false },
    createdAt: now,
  }
}

/** One public or internal message, the caller must have checked the ticket. */
export async function messageById(from: Kysely<DB>, id: string, now: Date): Promise<Message> {
  const rows = await runIn<MessageRow>(
    from,
    statement("", (p) => `select ${messageColumns} from messages g ${messageJoins} where g.id = ${p(id)}`),
  )
  if (!rows[0]) throw notFound("message")
  return toMessage(rows[0], now)
}

/** `originId`: only what came from that ticket by a merge. `readable`: SQL of who may read a message. */
type MessageQuery = {
  ticketId: string
  originId: string | null
  readable: (p: Param, message: string) => string
  internal: boolean
  order: "asc" | "desc"
  limit: number
  cursor?: string | undefined
  now: Date
  /** Who may see under which key they wrote their own. */
  readerId: string
}

/** A page of one ticket's messages in the order in which they came. Notes are left out by the query itself unless asked for. */
export async function listMessages(db: Database, wanted: MessageQuery): Promise<Page<Message>> {
  const after = readCursor(wanted.cursor, 1)
  const than = wanted.order === "asc" ? ">" : "<"
  const rows = await db.run<MessageRow & { position: number }>(
    statement("", (p) => {
      const from = after ? `and g.position ${than} ${p(after[0])}::bigint` : ""
      return `select ${messageColumns}, ${clientKeyFor(p(wanted.readerId))}, g.position from messages g ${messageJoins}
        where g.ticket_id = ${p(wanted.ticketId)} ${some(p, wanted)} ${from} order by g.position ${wanted.order} limit ${p(wanted.limit + 1)}`
    }),
  )
  const counted = await countMessages(db, wanted)
  // A hundred long ones take a while the first time.
  await mapYielding(rows, ({ contentHtml }) => contentHtml && cleanHtml(contentHtml))
  return toPage(
    rows,
    wanted.limit,
    counted,
    ({ position: _position, ...row }) => toMessage(row, wanted.now),
    (row) => [row.position],
  )
}

const some = (p: Param, { internal, originId, readable }: MessageQuery) =>
  [
    `and ${readable(p, "g")}`,
    ...(internal ? [] : ["and not g.is_internal"]),
    ...(originId === null ? [] : [`and g.origin_ticket_id = ${p(originId)}`]),
  ].join(" ")

async function countMessages(db: Database, wanted: MessageQuery): Promise<number> {
  const rows = await db.run<{ n: number }>(
    statement(
      "",
      (p) => `select count(*) as n from (select from messages g where g.ticket_id = ${p(wanted.ticketId)}
        ${some(p, wanted)} limit ${countCap + 1}) counted`,
    ),
  )
  return rows[0]?.n ?? 0
}

/**
 * Moves messages of one ticket to another, all or those with these ids; each remembers where it came from until it is back
 * there. Returns the ids of what was moved.
 */
export async function moveMessages(act: Act, { ids, from, to }: { ids?: string[]; from: string; to: string }) {
  const moved = await act.tx
    .updateTable("messages")
    .set({
      ticketId: to,
      // Not by a trigger: with one before each update, whatever is updated, PostgreSQL writes the words of its text anew.
      ticketDay: sql`(select (created_at at time zone 'UTC')::date from tickets where id = ${to})`,
      originTicketId: sql`nullif(coalesce(origin_ticket_id, ticket_id), ${to})`,
    })
    .where("ticketId", "=", from)
    .$if(ids !== undefined, (q) => q.where("id", "=", sql<string>`any(${ids})`))
    .returning("id")
    .execute()
  return moved.map(({ id }) => id)
}

// The state of a message is the furthest that was ever said of it, so that the order of reports does not matter.
export const rank: Record<DeliveryState, number> = {
  received: 0,
  unreachable: 1,
  queued: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  delivered: 5,
  read: 6,
}

/** The reason of a failure that says: the person wants no marketing from this connection. */
export const marketingRefused = "opted_out"

type Fault = { code?: number | null; class?: string | null; httpStatus?: number | null; retries?: number }

/** Moves the delivery state forward, never back. Does not touch the ticket. True when it changed. */
export async function setDelivery(
  act: Act,
  messageId: string,
  to: DeliveryState,
  reason: string | null = null,
  fault: Fault = {},
): Promise<boolean> {
  const row = await act.tx
    .selectFrom("messages")
    .select(["deliveryState", "ticketId", "identityId"])
    .where("id", "=", messageId)
    .forUpdate()
    .executeTakeFirst()
  if (!row || rank[row.deliveryState] >= rank[to]) return false
  await act.tx
    .updateTable("messages")
    .set({ deliveryState: to, deliveryReason: reason, deliveryCode: fault.code ?? null })
    .where("id", "=", messageId)
    .execute()
  const data = { from: row.deliveryState, to, ...fault }
  await record(act, "message.delivery_changed", { ticketId: row.ticketId, subjectId: messageId, data })
  if (reason === marketingRefused && row.identityId !== null)
    await saveMarketingPreference(act, [row.identityId], { wants: false, by: "refusal", at: act.now })
  return true
}
