// The outbox: one row for each message on its way out, claimed by one server at a time, whichever it is.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { type Database, runIn, type Statement, statement } from "#kernel/db.ts"
import type { FilledTemplate, SendRate } from "#channels/index.ts"
import { setDelivery } from "#messages/index.ts"

/** What the sending of messages is woken by. */
export const outboxTopic = "outbox"

export type NewSend = {
  messageId: string
  connectionId: string
  /** Messages to one address leave in their order. */
  recipient: string
  template: FilledTemplate | null
  /** The template as JSON, sealed, where it holds a link that lets its reader in. */
  sealedTemplate?: string | null
  /** Until then it can be taken back. */
  notBefore?: Date | undefined
}

/** Queues a message in the transaction that writes it: it is sent if and only if that commits. */
export async function queueSend(act: Act, { template, notBefore = act.now, ...send }: NewSend): Promise<void> {
  const filled = template && { name: template.name, language: template.language, components: template.components }
  await act.tx
    .insertInto("sends")
    .values({
      ...send,
      state: "queued",
      template: filled && JSON.stringify(filled),
      nextAt: notBefore,
      createdAt: act.now,
    })
    .execute()
  wakeAfter(act.tx, outboxTopic)
}

/** The same for many messages of one connection. */
export function queueSendsStatement(sends: readonly NewSend[], now: Date): Statement {
  const rows = sends.map(({ messageId, connectionId, recipient, template }) => {
    const filled = template && { name: template.name, language: template.language, components: template.components }
    return { messageId, connectionId, recipient, template: filled }
  })
  return statement("queue-sends", (p) => {
    const at = `${p(now)}::timestamptz`
    return `insert into sends (message_id, connection_id, recipient, state, template, next_at, created_at)
      select r."messageId", r."connectionId", r.recipient, 'queued', r.template, ${at}, ${at}
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("messageId" text, "connectionId" text, recipient text, template jsonb)`
  })
}

/** Connections that have something to send now and may send; removed ones too, so that what waits there is refused. */
export async function dueConnections(db: Database, now: Date): Promise<string[]> {
  const rows = await db.run<{ id: string }>(
    statement(
      "sends-due",
      (p) => `select c.id from connections c
        where (c.deleted_at is not null or c.enabled and coalesce(c.health -> 'breaker', 'null') = 'null')
          and (select min(next_at) from sends where connection_id = c.id and state = 'queued') <= ${p(now)}::timestamptz`,
    ),
  )
  return rows.map((row) => row.id)
}

export type Claim = {
  messageId: string
  connectionId: string
  recipient: string
  tries: number
  claimedAt: Date
  template: FilledTemplate | null
  sealedTemplate: string | null
}

/**
 * Takes up to `most` sends of one connection that are due, in order and within the pace. The advisory lock makes servers
 * count one after the other: what one takes, the next has counted. Nobody waits for it; who finds it held comes back.
 */
export async function claimSends(
  act: Act,
  connectionId: string,
  pace: SendRate | undefined,
  most: number,
): Promise<Claim[]> {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`outbox ${connectionId}`}, 0)) as free`.execute(act.tx)
  if (!lock.rows[0]?.free) return []
  return runIn<Claim>(
    act.tx,
    statement("", (p) => {
      const connection = p(connectionId)
      const now = `${p(act.now)}::timestamptz`
      return `update sends s set state = 'sending', claimed_at = ${now}
        where s.message_id in (
          select q.message_id from sends q
          where q.connection_id = ${connection} and q.state = 'queued' and q.next_at <= ${now}
            and not ${hasEarlierSend("q")}
            ${pace ? recipientPace(connection, now, pace) : ""}
          order by q.next_at, q.message_id
          limit ${pace ? `least(${p(most)}::int, ${room(connection, now, pace)})` : `${p(most)}::int`}
          for update skip locked)
        returning s.message_id as "messageId", s.connection_id as "connectionId", s.recipient, s.tries,
          s.claimed_at as "claimedAt", s.template, s.sealed_template as "sealedTemplate"`
    }),
  )
}

/** SQL: is another message on its way to the recipient of the send `s` that stands above its own in the thread? */
export const hasEarlierSend = (s: string) =>
  `exists (select from sends o where o.connection_id = ${s}.connection_id and o.recipient = ${s}.recipient
    and o.state in ('queued', 'sending') and o.message_id <> ${s}.message_id
    and (select position from messages where id = o.message_id) < (select position from messages where id = ${s}.message_id))`

const recipientPace = (connection: string, now: string, { perRecipient: { sends, withinMs } }: SendRate) =>
  `and (select count(*) from (select from sends r where r.connection_id = ${connection} and r.recipient = q.recipient
    and r.claimed_at > ${now} - interval '${withinMs} milliseconds' limit ${sends}) lately) < ${sends}`

const room = (connection: string, now: string, { perSecond }: SendRate) =>
  `greatest(0, ${perSecond} - (select count(*) from sends r where r.connection_id = ${connection}
    and r.claimed_at > ${now} - interval '1 second'))::int`

export type SettledSend = {
  state: "queued" | "sent" | "unknown" | "failed"
  tries?: number
  nextAt?: Date
  code?: number | undefined
  class?: string | undefined
  httpStatus?: number | undefined
}

/** Stores what became of a claim. False when the claim had run out and somebody else has judged it. */
export async function settleSend(act: Act, { messageId, claimedAt }: Claim, to: SettledSend): Promise<boolean> {
  const { code, class: errorClass, httpStatus, ...set } = to
  const faults = { errorCode: code ?? null, errorClass: errorClass ?? null, httpStatus: httpStatus ?? null }
  // It may go again, or let others be sent.
  wakeAfter(act.tx, outboxTopic)
  const done = await act.tx
    .updateTable("sends")
    .set({ ...set, ...faults })
    .where("messageId", "=", messageId)
    .where("state", "=", "sending")
    .where("claimedAt", "=", claimedAt)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** The same for many claims that were sent. Who had run out stays as it was judged. */
export function settleSentStatement(claims: readonly Claim[]): Statement {
  const rows = claims.map(({ messageId, claimedAt }) => ({ messageId, claimedAt }))
  return statement(
    "settle-sent",
    (p) => `update sends s set state = 'sent', error_code = null, error_class = null, http_status = null
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r ("messageId" text, "claimedAt" timestamptz)
      where s.message_id = r."messageId" and s.state = 'sending' and s.claimed_at = r."claimedAt"`,
  )
}

/** Claims of servers that died, with whether their try may simply be repeated. */
export async function abandonedSends(act: Act, before: Date, repeatableKinds: string[]) {
  const rows = await sql<{ messageId: string; isRepeatable: boolean }>`
    select s.message_id, c.kind = any(${repeatableKinds}) as is_repeatable
    from sends s join connections c on c.id = s.connection_id
    where s.state = 'sending' and s.claimed_at < ${before} order by s.claimed_at limit 500 for update of s skip locked`.execute(
    act.tx,
  )
  return rows.rows
}

export async function releaseSends(act: Act, messageIds: string[], to: "queued" | "unknown"): Promise<void> {
  if (messageIds.length === 0) return
  await act.tx.updateTable("sends").set({ state: to, nextAt: act.now }).where("messageId", "in", messageIds).execute()
}

/** What a report has decided about a try without an answer: it needs nobody's judgement any more. */
export async function settleReported(db: Database): Promise<void> {
  await sql`
    update sends s set state = case when m.delivery_state = 'failed' then 'failed' else 'sent' end
    from messages m where m.id = s.message_id and s.state = 'unknown'
      and m.delivery_state in ('sent', 'delivered', 'read', 'failed')`.execute(db.kysely)
}

export async function sendById(act: Act, messageId: string) {
  return act.tx.selectFrom("sends").selectAll().where("messageId", "=", messageId).forUpdate().executeTakeFirst()
}

/** Puts a send back into the queue as if it were new. */
export async function requeueSend(act: Act, messageId: string): Promise<void> {
  await act.tx
    .updateTable("sends")
    .set({
      state: "queued",
      tries: 0,
      nextAt: act.now,
      errorCode: null,
      errorClass: null,
      httpStatus: null,
      reviveAt: null,
      revived: 0,
    })
    .where("messageId", "=", messageId)
    .execute()
  wakeAfter(act.tx, outboxTopic)
}

/** Takes back what has not been claimed yet. What is on its way cannot be stopped. */
export async function cancelSends(act: Act, messageIds: string[]): Promise<void> {
  const cancelled = await sql<{ id: string }>`
    update sends set state = 'cancelled' where message_id = any(${messageIds}) and state = 'queued'
    returning message_id as id`.execute(act.tx)
  for (const { id } of cancelled.rows) await setDelivery(act, id, "failed", "cancelled")
}
