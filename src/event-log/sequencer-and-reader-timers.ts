// When somebody looks for events without a position, and for readers that are behind, though nobody woke them.
import type { Timer } from "#timers/index.ts"
import { readersTopic } from "./follow-log.ts"
import { logReaders } from "./read-log.ts"
import { logTopic } from "./sequencer.ts"

// A busy log always has events that were not placed or read yet: they are left for a while to those who were woken for them.
const placedAfter = "interval '1 second'"
// Longer than readers pause, and soon: one that another server kept from its row is woken for it by nobody else.
const readAfter = "interval '400 milliseconds'"
// How far readers are behind has a measure of its own.
const overdueSql = "select null"

// By the index alone, however long the backlog is.
const oldestUnplaced = `select at + ${placedAfter} from events where position is null order by id limit 1`

/** What has no position, and readers that are behind. */
export const logTimers: Timer[] = [
  { topic: logTopic, overdueSql, dueSql: oldestUnplaced },
  {
    topic: readersTopic,
    overdueSql,
    dueSql: `select min(unread.placed_at) + ${readAfter} from event_readers r cross join lateral (
      select placed_at from events where events.position > 0 and events.position > r.position
      order by events.position limit 1) unread
      where r.name = any('{${logReaders.join(",")}}')`,
  },
]
