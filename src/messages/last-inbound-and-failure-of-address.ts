// What is known of having written to an address.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { type Statement, statement } from "#kernel/db.ts"

export type ContactHistory = {
  /** When something last came from there, by the message's own time. */
  lastInboundAt: Date | null
  /** Why the channel last refused a message of ours for good, if nothing came or went well since: a `failure.<reason>`. */
  lastFailure: string | null
  /** The newest message from there, as the channel knows it. */
  lastInboundExternalId: string | null
}

/** An address on a connection, whichever tickets the words are on. */
export type ReplyLine = { connectionId: string | null; identityId: string | null }

/** What the messages exchanged with an address, up to this one if given, say about whether it can be written to. */
export async function contactHistory(
  from: Kysely<DB>,
  { connectionId, identityId }: ReplyLine,
  lastMessageId: string | null = null,
): Promise<ContactHistory> {
  const nothing = { lastInboundAt: null, lastFailure: null, lastInboundExternalId: null }
  if (connectionId === null || identityId === null) return nothing
  const exchanged = from
    .selectFrom("messages as g")
    .where("g.identityId", "=", identityId)
    .where("g.connectionId", "=", connectionId)
    .where("g.kind", "=", "message")
    .$if(lastMessageId !== null, (q) =>
      q.where("g.position", "<=", from.selectFrom("messages").where("id", "=", lastMessageId).select("position")),
    )
    .orderBy("g.sentAt", "desc")
    .limit(1)
  const [inbound, settled] = await Promise.all([
    exchanged.where("g.direction", "=", "in").select(["g.sentAt", "g.position", "g.externalId"]).executeTakeFirst(),
    exchanged
      .where("g.direction", "=", "out")
      .where("g.deliveryState", "in", ["failed", "delivered", "read"])
      .select(["g.position", "g.deliveryState", "g.deliveryReason"])
      .executeTakeFirst(),
  ])
  const isRefused = settled?.deliveryState === "failed" && (!inbound || inbound.position < settled.position)
  return {
    lastInboundAt: inbound?.sentAt ?? null,
    lastFailure: isRefused ? settled.deliveryReason : null,
    lastInboundExternalId: inbound?.externalId ?? null,
  }
}

export type LastFailure = { connectionId: string; identityId: string; reason: string }

/** The same `lastFailure` of many lines at once. Gives `LastFailure`s of those that have one. */
export function lastFailuresStatement(lines: readonly { connectionId: string; identityId: string }[]): Statement {
  const [connectionIds, identityIds] = [lines.map((one) => one.connectionId), lines.map((one) => one.identityId)]
  return statement("last-failures", (p) => {
    const exchanged = `from messages g where g.identity_id = l.identity_id and g.connection_id = l.connection_id and g.kind = 'message'`
    return `select l.connection_id as "connectionId", l.identity_id as "identityId", s.delivery_reason as reason
      from unnest(${p(connectionIds)}::text[], ${p(identityIds)}::text[]) as l (connection_id, identity_id)
      cross join lateral (select g.position, g.delivery_state, g.delivery_reason ${exchanged} and g.direction = 'out'
        and g.delivery_state in ('failed', 'delivered', 'read') order by g.sent_at desc limit 1) s
      where s.delivery_state = 'failed' and s.delivery_reason is not null
        and not exists (select ${exchanged} and g.direction = 'in' and g.position >= s.position)`
  })
}
