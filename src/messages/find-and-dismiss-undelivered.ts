// What people wrote and nobody got: which messages these are, and when somebody has dealt with them.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"

// Word for word the partial index `messages_undelivered`.
const indexed = (m: string) => `${m}.direction = 'out' and ${m}.sender_kind = 'user' and not ${m}.is_internal
  and ${m}.delivery_settled_at is null and ${m}.delivery_state in ('queued', 'failed', 'unknown', 'unreachable')`

/**
 * SQL that is true of a message `m` that did not reach its reader: refused, perhaps lost, for nobody, or waiting because a
 * try failed or its channel is stopped. What Hilo writes by itself, and what a campaign does, is shown elsewhere.
 */
export const undeliveredSql = (m: string) => `${indexed(m)} and (${m}.delivery_state <> 'queued'
  or exists (select from sends s join connections n on n.id = s.connection_id where s.message_id = ${m}.id and s.state = 'queued'
    and (s.tries > 0 or not n.enabled or coalesce(n.health -> 'breaker', 'null') <> 'null')))`

/** Whether people wrote something on a ticket that nobody got. */
export async function hasUndelivered(tx: Act["tx"], ticketId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from messages m where m.ticket_id = ${ticketId} and ${sql.raw(undeliveredSql("m"))}) as has`.execute(
    tx,
  )
  return rows[0]!.has
}

/** Marks failures of a ticket as dealt with, or only one of them. True when there were any. */
export async function dismissFailures(act: Act, ticketId: string, messageId?: string): Promise<boolean> {
  const settled = await act.tx
    .updateTable("messages")
    .set({ deliverySettledAt: act.now })
    .where("ticketId", "=", ticketId)
    .where("direction", "=", "out")
    .where("senderKind", "=", "user")
    .where("isInternal", "=", false)
    .where("deliverySettledAt", "is", null)
    .where("deliveryState", "in", ["failed", "unknown", "unreachable"])
    .$if(messageId !== undefined, (q) => q.where("id", "=", messageId!))
    .executeTakeFirst()
  return settled.numUpdatedRows > 0n
}

/** Somebody has seen that it did not arrive and wants no more of it. Refuses (409 `not_failed`) what has not failed. */
export async function dismissFailure(act: Act, ticketId: string, messageId: string): Promise<void> {
  if (!(await dismissFailures(act, ticketId, messageId))) throw new Refusal("conflict", "not_failed")
  await record(act, "message.failure_dismissed", { ticketId, subjectId: messageId })
}
