// What was given up while a channel was out of order is tried again by itself: as soon as something else has left on that
// channel, and now and then in any case. Never what may have arrived, and never what somebody has dealt with.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { requeueMessage } from "#messages/index.ts"
import { lastRetry } from "./retry-backoff.ts"

const atOnce = 500

/** Plans the next look at a send that was given up: after 15 minutes, then twice as long each time up to four hours, for a day. */
export async function scheduleRevival(act: Act, messageId: string): Promise<void> {
  await sql`
    update sends set revive_at = case when l.at < created_at + interval '1 day' then l.at end
    from (select message_id as id, ${act.now}::timestamptz + least(interval '15 minutes' * 2 ^ revived, interval '4 hours') as at
      from sends where message_id = ${messageId}) l
    where message_id = l.id and state = 'failed'`.execute(act.tx)
}

type Revivable = { messageId: string; ticketId: string; isWanted: boolean }

/** Queues what is due again, for one try each. What keeps failing is not tried with every success of its channel. */
export async function retryFailedSends(act: Act): Promise<void> {
  const { rows } = await sql<Revivable>`
    select s.message_id, m.ticket_id, m.delivery_state = 'failed' and m.delivery_settled_at is null as is_wanted
    from sends s join messages m on m.id = s.message_id join connections n on n.id = s.connection_id
    where s.revive_at is not null and s.state = 'failed' and n.enabled and n.deleted_at is null
      and coalesce(n.health -> 'breaker', 'null') = 'null'
      and (s.revive_at <= ${act.now} or (s.revived < 3 and exists (select from sends o
        where o.connection_id = s.connection_id and o.state = 'sent' and o.claimed_at > s.claimed_at)))
    order by s.message_id limit ${atOnce} for update of s skip locked`.execute(act.tx)
  if (rows.length === 0) return
  const wanted = rows.filter(({ isWanted }) => isWanted)
  await sql`
    update sends set revive_at = null, state = case when g.wanted then 'queued' else state end,
      tries = ${lastRetry}, next_at = ${act.now}, revived = revived + 1
    from unnest(${rows.map((row) => row.messageId)}::text[], ${rows.map((row) => row.isWanted)}::boolean[]) as g (id, wanted)
    where message_id = g.id`.execute(act.tx)
  for (const { messageId: id, ticketId } of wanted) await requeueMessage(act, { id, ticketId, from: "failed" })
}
