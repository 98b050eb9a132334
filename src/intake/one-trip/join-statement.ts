// The everyday case for many at once, in one statement: each message joins the active ticket of its thread.
import { type Param, type Statement, statement } from "#kernel/db.ts"
import { contactOfEachSql } from "#contacts/index.ts"
import { recordBatchSql } from "#event-log/index.ts"
import { insertMessagesSql, messageRecord } from "#messages/index.ts"
import { bareColumns, batchTotalsSql, conversationKeySql } from "#tickets/index.ts"
import type { JoinInput } from "./intake-statements.ts"

/** From a person by one identity, asking for nothing, and none of it read: what `batchJoinStatement` says is planned for all alike. */
export const isPlainJoin = ({ also, planned, by, campaignShipmentId }: JoinInput) =>
  also.length === 0 && planned.unread === "add" && by === null && campaignShipmentId === null

/**
 * One `JoinRow` for each, in their order. `id` is null and `hasHistory` true also for those whose ticket somebody holds,
 * which is not waited for, and for the later ones of several with the same `externalId`.
 */
export function batchJoinStatement(joinings: readonly JoinInput[]): Statement {
  const rows = joinings.map(({ identity: { kind, scope, value, also }, message }, n) => {
    const { now: _now, senderId: _senderId, ...said } = message
    return { ...said, n, idKind: kind, idScope: scope, idValue: value, idValues: [value, ...also] }
  })
  return statement("intake-join-all", (p) => {
    const asked = `json_to_recordset(${p(JSON.stringify(rows))}::json) as r (n int, "idKind" text, "idScope" text,
      "idValue" text, "idValues" text[], ${messageRecord})`
    return `with ${parts(p, asked, joinings[0]!)}
      select ${lookedAtColumns}, f.id is null and exists (select from tickets o where o.thread_key = s.thread_key) as "hasHistory",
        ${bareColumns}
      from seen s left join fit f on f.n = s.n left join joined t on t.id = f."ticketId" order by s.n`
  })
}

function parts(p: Param, asked: string, { message, planned: { event, unread, touches } }: JoinInput): string {
  const now = `${p(message.now)}::timestamptz`
  const [data, why] = [event.data, event.why].map((one) => `${p(JSON.stringify(one))}::jsonb`)
  const facts = `(select ${p(event.kind)}::text as kind, "ticketId" as ticket_id, team_id, assignee_id, id as subject_id, 'contact' as actor_kind,
    "senderId" as actor_id, ${data} as data, ${why} as why from fit order by n) r`
  const adds = `${p(unread === "add")}::boolean`
  const spans = `(select "ticketId" as id, count(*)::int as messages, false as "isRead",
      case when ${adds} then count(*) else 0 end::int as unread, ${adds} as wakes, ${p(touches)}::boolean as touches, null::text as "campaignShipmentId", min("sentAt") as "firstAt", max("sentAt") as "lastAt"
    from fit group by "ticketId") s`
  return `seen as materialized (${lookAtEachSql(asked)}),
    held as materialized (
      select id, thread_key, team_id, assignee_id from tickets
      where active and thread_key = any(array(select thread_key from seen where enabled and known is null and not blocked))
      order by thread_key for update skip locked),
    fit as materialized (
      select distinct on (s."connectionId", s."externalId") s.*, h.id as "ticketId", h.team_id, h.assignee_id
      from seen s join held h on h.thread_key = s.thread_key where s.enabled and s.known is null and not s.blocked
      order by s."connectionId", s."externalId", s.n),
    said as (${insertMessagesSql(now, "(select * from fit order by n) r")}),
    logged as (${recordBatchSql(now, facts)}),
    joined as (${batchTotalsSql(now, spans)} returning t.*)`
}

/**
 * What is known of the connection, the person and the message of each row `asked`, which is called `r`. Each look is a lateral one:
 * whatever the planner thinks of sizes, it goes by the index.
 */
export const lookAtEachSql = (
  asked: string,
) => `select r.*, d.kind as connection_kind, d.name as connection_name, d.enabled, d.team_ids, i.contact_id as "senderId",
    i.contact_id as "contactId", i.id as "identityId", c.name as "contactName", c.blocked, ${conversationKeySql("d.id", "i.contact_id")} as thread_key, k.id as known
  from ${asked}
    left join lateral (select id, kind, name, enabled and deleted_at is null as enabled, team_ids
      from connections where id = r."connectionId" offset 0) d on true
    left join lateral (${contactOfEachSql}) i on true
    left join lateral (select name, blocked from contacts where id = i.contact_id offset 0) c on true
    left join lateral (select id from messages
      where connection_id = r."connectionId" and external_id = r."externalId" offset 0) k on true`

/** Its columns as in `Lookup`, but for the history. */
export const lookedAtColumns = `s.connection_kind as "connectionKind", s.connection_name as "connectionName", coalesce(s.enabled, false) as "connectionEnabled",
  coalesce(s.team_ids, '{}') as "connectionTeams", s."senderId" as "contactId",
  s."identityId", s."contactName", coalesce(s.blocked, false) as "isBlocked", s.known as "knownMessageId", true as "isLinked"`
