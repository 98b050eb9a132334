import type { Timer } from "#timers/index.ts"
import { leaseSeconds } from "./send-queued.ts"
import { outboxTopic } from "./send-store.ts"

const isOn = "(c.deleted_at is not null or c.enabled and coalesce(c.health -> 'breaker', 'null') = 'null')"

/** The next send, of a connection that may send; the next claim that runs out; the next look at what was given up. */
export const outboxTimer: Timer = {
  topic: outboxTopic,
  dueSql: `select least(
    (select s.next_at from sends s join connections c on c.id = s.connection_id
      where s.state = 'queued' and ${isOn} order by s.next_at limit 1),
    (select claimed_at + interval '${leaseSeconds} seconds' from sends where state = 'sending' order by claimed_at limit 1),
    (select s.revive_at from sends s join connections c on c.id = s.connection_id
      where s.revive_at is not null and s.state = 'failed' and c.deleted_at is null and ${isOn} order by s.revive_at limit 1),
    (select now() from sends s join messages m on m.id = s.message_id
      where s.state = 'unknown' and m.delivery_state in ('sent', 'delivered', 'read', 'failed') limit 1))`,
}
