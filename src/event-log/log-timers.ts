// When somebody looks for events without a position, and for readers that are behind, though nobody woke them.
import type { Timer } from "#timers/index.ts"
import { readersTopic } from "./follow-log.ts"
import { logReaders } from "./read-log.ts"
import { logTopic } from "./sequencer.ts"

// A busy log always has events that were not placed or read yet: they are left for a while to those who were woken for them.
const soonAfter = (times: string) => `select ${times} + interval '1 second'`
// How far readers are behind has a measure of its own.
const overdueSql = "select null"

/** What has no position, and readers that are behind. */
export const logTimers: Timer[] = [
  { topic: logTopic, overdueSql, dueSql: `${soonAfter("min(at)")} from events where position is null` },
  {
    topic: readersTopic,
    overdueSql,
    dueSql: `${soonAfter("min(unread.placed_at)")} from event_readers r cross join lateral (
      select placed_at from events where events.position > 0 and events.position > r.position
      order by events.position limit 1) unread
      where r.name = any('{${logReaders.join(",")}}')`,
  },
]
