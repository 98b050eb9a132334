import { channels } from "#channels/index.ts"
import type { Timer } from "#timers/index.ts"
import { leaseSeconds } from "./send-queued.ts"
import { hasEarlierSend, outboxTopic } from "./send-store.ts"

const isOn = "(c.deleted_at is not null or c.enabled and coalesce(c.health -> 'breaker', 'null') = 'null')"

const nextSend = `select min((select min(next_at) from sends where connection_id = c.id and state = 'queued'))
  from connections c where ${isOn}`

// So long after the last try of a connection its pace holds nothing back.
const longestPaceMs = Math.max(...Object.values(channels).map((one) => one.sendRate?.perRecipient.withinMs ?? 0))

// What waits behind a message to the same person is not to go before that one has gone.
const sendableSince = `select min(greatest(first.next_at, (select max(t.claimed_at) from sends t
    where t.connection_id = c.id and t.claimed_at is not null) + interval '${longestPaceMs} milliseconds'))
  from connections c cross join lateral (select s.next_at from sends s
    where s.connection_id = c.id and s.state = 'queued' and s.next_at <= clock_timestamp()
      and not ${hasEarlierSend("s")}
    order by s.next_at limit 1) first
  where ${isOn}`

/**
 * The next send, of a connection that may send; the next claim that runs out; the next look at what was given up. A send is
 * overdue once its connection's pace would have let it go.
 */
export const outboxTimer: Timer = {
  topic: outboxTopic,
  dueSql: firstOf(nextSend),
  overdueSql: firstOf(sendableSince),
}

function firstOf(sends: string): string {
  return `select least((${sends}),
  (select claimed_at + interval '${leaseSeconds} seconds' from sends where state = 'sending' order by claimed_at limit 1),
  (select s.revive_at from sends s join connections c on c.id = s.connection_id
    where s.revive_at is not null and s.state = 'failed' and c.deleted_at is null and ${isOn} order by s.revive_at limit 1),
  (select now() from sends s join messages m on m.id = s.message_id
    where s.state = 'unknown' and m.delivery_state in ('sent', 'delivered', 'read', 'failed') limit 1))`
}
