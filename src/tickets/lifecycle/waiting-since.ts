// Since when a ticket's customer waits for us. Messages move it as they come; where they are moved themselves it is counted anew.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { takenBackOrForwardedSql } from "#messages/index.ts"

/** SQL over `t`: null where nobody waits. What waits on its customer, or has ended, is nobody's wait. */
export const waitingSinceSql = "case when t.phase in ('new', 'active') then t.waiting_since end"

const isEvent = (message: string, condition: string) =>
  sql.raw(`exists (select from events e
  where e.ticket_id = coalesce(${message}.origin_ticket_id, ${message}.ticket_id) and e.subject_id = ${message}.id and ${condition})`)

/**
 * By the messages that each of these tickets holds now: from the first that no person has answered. Where the customer took up again
 * what had ended, from then on.
 */
export async function recountWaiting(act: Act, ticketIds: string[]): Promise<void> {
  await sql`
    update tickets t set waiting_since = w.since from (
      select o.id, case when o.active then least(
          (select min(m.sent_at) from messages m
            where m.ticket_id = o.id and m.direction = 'in' and m.kind = 'message' and m.sender_kind = 'contact'
              and m.position > coalesce(a.position, 0) and m.created_at >= coalesce(r.at, '-infinity') and not ${isEvent("m", "e.kind = 'message.attached'")}),
          case when a.position is null and r.at is null and o.kind = 'support' and o.contact_id is not null and o.created_by_kind <> 'import'
            then o.created_at end) end as since
      from tickets o left join lateral (
        select max(m.position) as position from messages m
        where m.ticket_id = o.id and m.direction = 'out' and m.kind = 'message' and m.sender_kind in ('user', 'system')
          and not m.is_internal and m.delivery_state <> 'unreachable' and not ${sql.raw(takenBackOrForwardedSql("m"))}
          and not ${isEvent("m", "(e.data ? 'opening' or e.data ? 'fixed')")}) a on true
        left join lateral (
          select max(e.at) as at from events e where e.ticket_id = o.id and e.kind = 'ticket.reopened'
            and not exists (select from users u where u.id = e.actor_id and u.role <> 'user' and e.actor_kind in ('user', 'key'))) r on true
      where o.id = any(${ticketIds}::text[]) and o.kind in ('conversation', 'support')) w
    where w.id = t.id and w.since is distinct from t.waiting_since`.execute(act.tx)
}

/** A ticket into which another is merged: both customers' waits go on, the longer one counts. What has ended waits for nothing. */
export async function inheritWaiting(act: Act, from: string, to: string): Promise<void> {
  await sql`
    update tickets t set waiting_since = least(t.waiting_since, s.waiting_since) from tickets s
    where t.id = ${to} and s.id = ${from} and t.active and s.waiting_since is not null`.execute(act.tx)
}
