import { quietDoubles } from "../timeline/timeline-items.ts"
import type { TimelineEvent } from "../timeline/timeline-queries.ts"

// What stands in the thread anyway, or happens to every message on its way.
const inTheThread = new Set([
  "message.received",
  "message.posted",
  "message.noted",
  "message.delivery_changed",
  "message.files_announced",
  "message.files_changed",
  "ticket.read",
  // Said by the rule that it led to.
  "ticket.waited",
  // On the page of its agreement.
  "agreement.evidence_added",
])

/** What changed the ticket, newest first: each act once, without the coming and going of messages. */
export const activityOf = (happenings: TimelineEvent[]): TimelineEvent[] =>
  quietDoubles(happenings)
    .filter(({ action }) => !inTheThread.has(action))
    .toReversed()
