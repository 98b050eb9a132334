// The parts of the statement by which messages join the active tickets of their threads.
import type { Actor } from "#kernel/act.ts"
import type { Param } from "#kernel/db.ts"
import { updateTotalsSql } from "#tickets/index.ts"
import type { MessagePlan } from "../plan-messages.ts"

/** What is planned for all messages of one statement that join. */
export type JoinPlan = {
  planned: MessagePlan
  /** Null: the contact of the thread. */
  by: Actor | null
  /** A program of ours wrote it, which answers nobody. */
  isBot: boolean
  campaignShipmentId: string | null
}

/** What a row `s` of the lookup must be. */
export const canJoin = "s.enabled and s.known is null and not s.blocked"

/**
 * `joinable`: the messages whose thread has an active ticket, which is locked; `joined`: those tickets, with them. Passed over are
 * later ones of several with the same `externalId`. `after`: a part that must be done before a ticket is locked.
 */
export function joinParts(
  p: Param,
  now: string,
  { planned, isBot, campaignShipmentId }: JoinPlan,
  lock: { isWaiting: boolean; after: string | null },
) {
  const adds = `${p(planned.unread === "add")}::boolean`
  const totals = `(select "ticketId" as id, count(*)::int as messages, ${p(planned.unread === "clear")}::boolean as "isRead",
      case when ${adds} then count(*) else 0 end::int as unread, ${p(planned.unread === "clear" && !isBot)}::boolean as "isAnswered",
      case when ${adds} then min("sentAt") end as "waitingFrom", ${adds} as wakes, ${p(planned.touches)}::boolean as touches,
      ${p(campaignShipmentId)}::text as "campaignShipmentId", min("sentAt") as "firstAt", max("sentAt") as "lastAt"
    from joinable group by "ticketId") s`
  const isAfter = lock.after === null ? "" : `and (select count(*) from ${lock.after}) is not null`
  return `locked as materialized (
      select id, thread_key, team_id, assignee_id, (created_at at time zone 'UTC')::date as day from tickets
      where active and thread_key = any(array(select s.thread_key from lookup s where ${canJoin})) ${isAfter}
      order by id for no key update ${lock.isWaiting ? "" : "skip locked"}),
    joinable as materialized (
      select distinct on (s."connectionId", s."externalId") s.n, s.id, s.contact_id as "contactId", s.identity_id as "identityId",
        s."sentAt", h.id as "ticketId", h.team_id, h.assignee_id, h.day
      from lookup s join locked h on h.thread_key = s.thread_key where ${canJoin}
      order by s."connectionId", s."externalId", s.n),
    joined as (${updateTotalsSql(now, totals)} returning t.*)`
}

/** Where the messages that join are written. */
export const joinedPlaces = `select n, "contactId", "identityId", "ticketId", day from joinable`

/** What is recorded of them. */
export function joinedEvents(p: Param, { planned: { event }, by }: JoinPlan): string {
  const [data, why] = [event.data, event.why].map((one) => `${p(JSON.stringify(one))}::jsonb`)
  const actor = by
    ? `${p(by.kind)}::text as actor_kind, ${p(by.id)}::text as actor_id`
    : `'contact' as actor_kind, "contactId" as actor_id`
  return `select n, 0 as place, ${p(event.kind)}::text as kind, "ticketId" as ticket_id, team_id, assignee_id, id as subject_id, ${actor},
      ${data} as data, ${why} as why from joinable`
}
