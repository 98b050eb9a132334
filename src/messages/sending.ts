// What those who send need of a message.
import type { Act } from "#kernel/act.ts"
import { type Database, type Statement, statement } from "#kernel/db.ts"
import { record } from "#events/index.ts"

export type MessageToSend = {
  messageId: string
  ticketId: string
  contactId: string | null
  content: string
  contentHtml: string | null
  replyTo: string | null
  replyToExternalId: string | null
  at: Date
}

/** By their ids. Notes are never among them. */
export async function messagesToSend(db: Database, ids: string[]): Promise<Map<string, MessageToSend>> {
  const rows = await db.kysely
    .selectFrom("messages as g")
    .innerJoin("tickets as t", "t.id", "g.ticketId")
    .leftJoin("tickets as o", "o.id", "g.originTicketId")
    .leftJoin("messages as answered", "answered.id", "g.replyTo")
    // Whom it was written to, also when its ticket was merged into another customer's since.
    .select((e) => e.fn.coalesce("o.contactId", "t.contactId").as("contactId"))
    .select([
      "g.id as messageId",
      "g.ticketId",
      "g.content",
      "g.contentHtml",
      "g.replyTo",
      "answered.externalId as replyToExternalId",
      "g.sentAt as at",
    ])
    .where("g.id", "in", ids)
    .where("g.isInternal", "=", false)
    .execute()
  return new Map(rows.map((row) => [row.messageId, { ...row, replyToExternalId: outsideId(row) }]))
}

// Until the channel has given one, our own id stands for the message's id outside; no channel would know it.
const outsideId = ({ replyTo, replyToExternalId }: { replyTo: string | null; replyToExternalId: string | null }) =>
  replyToExternalId === replyTo ? null : replyToExternalId

/** Back to `queued`, by hand: the only way in which a delivery state goes back. */
export async function requeueMessage(act: Act, message: { id: string; ticketId: string; from: string }): Promise<void> {
  await act.tx
    .updateTable("messages")
    .set({ deliveryState: "queued", deliveryReason: null, deliveryCode: null })
    .where("id", "=", message.id)
    .execute()
  const data = { from: message.from, to: "queued" }
  await record(act, "message.delivery_changed", { ticketId: message.ticketId, subjectId: message.id, data })
}

/** A message of ours that intake has just stored is not sent yet: it waits for the outbox. */
export async function holdForSending(act: Act, messageId: string): Promise<void> {
  await act.tx.updateTable("messages").set({ deliveryState: "queued" }).where("id", "=", messageId).execute()
}

export type Correspondence = {
  /** When the contact last wrote on this thread, by the message's own time. */
  lastInboundAt: Date | null
  /** The code with which the channel last refused a message of ours for good, if nothing came or went well since. */
  lastFailureCode: number | null
  /** The newest message of theirs, as the channel knows it. */
  lastInboundExternalId: string | null
}

/** A contact on a connection, whichever of their tickets the words are on; without both, the ticket alone. */
export type Thread = { id: string; connectionId: string | null; contactId: string | null }

/** What the messages of a thread tell about whether the contact can be written to now. */
export async function correspondenceOf(from: Database["kysely"], thread: Thread): Promise<Correspondence> {
  const { id, connectionId, contactId } = thread
  const ofThread = () =>
    from
      .selectFrom("messages as g")
      .innerJoin("tickets as t", "t.id", "g.ticketId")
      .where((e) =>
        connectionId === null || contactId === null
          ? e("t.id", "=", id)
          : e.and([e("t.contactId", "=", contactId), e("g.connectionId", "=", connectionId)]),
      )
      .where("g.kind", "=", "message")
      .orderBy("g.sentAt", "desc")
      .limit(1)
  const [inbound, settled] = await Promise.all([
    ofThread().where("g.direction", "=", "in").select(["g.sentAt", "g.externalId"]).executeTakeFirst(),
    ofThread()
      .where("g.direction", "=", "out")
      .where("g.deliveryState", "in", ["failed", "delivered", "read"])
      .select(["g.sentAt", "g.deliveryState", "g.deliveryCode"])
      .executeTakeFirst(),
  ])
  const isRefused = settled?.deliveryState === "failed" && (!inbound || inbound.sentAt < settled.sentAt)
  return {
    lastInboundAt: inbound?.sentAt ?? null,
    lastFailureCode: isRefused ? settled.deliveryCode : null,
    lastInboundExternalId: inbound?.externalId ?? null,
  }
}

/** The same `lastFailureCode` of many threads. Gives `threadKey` and `code` of those that have one. */
export function lastFailuresStatement(threadKeys: readonly string[]): Statement {
  return statement("last-failures", (p) => {
    const ofThread =
      "from messages g join tickets t on t.id = g.ticket_id where t.thread_key = k and g.kind = 'message'"
    return `select k as "threadKey", s.delivery_code as code from unnest(${p(threadKeys)}::text[]) as k
      cross join lateral (select g.sent_at, g.delivery_state, g.delivery_code ${ofThread} and g.direction = 'out'
        and g.delivery_state in ('failed', 'delivered', 'read') order by g.sent_at desc limit 1) s
      where s.delivery_state = 'failed' and s.delivery_code is not null
        and not exists (select ${ofThread} and g.direction = 'in' and g.sent_at >= s.sent_at)`
  })
}
