// The counts beside the views, moved by what travels. What a row cannot decide is counted anew by the server.
import { countedViews, filterOf, type BuiltInView } from "../inbox/views/views-and-sorts.ts"
import type { TicketCounts } from "../tickets/ticket-queries.ts"
import { matchesFilter } from "./match-row-to-filter.ts"
import { maySee, type RowSummary, type TicketNotice, type Viewer } from "./ticket-notice-and-row.ts"

/** Further the server does not count. */
const most = 99

/** The counts after the notice, the same when it moves none, and whether they are sure to be right with it. */
export function adjustCounts(counts: TicketCounts, { row, was, isVisible }: TicketNotice, viewer: Viewer) {
  if (was === undefined) return { counts, isCertain: false }
  const isIn = (view: BuiltInView, summary: RowSummary | null | undefined) =>
    summary ? maySee(summary, viewer) && matchesFilter(filterOf(view), summary, viewer) === true : false
  const now = isVisible === false ? null : row
  let isCertain = Object.keys(counts.views ?? {}).length === 0
  let moved = counts
  for (const view of countedViews) {
    const change = Number(isIn(view, now)) - Number(isIn(view, was))
    if (change === 0) continue
    const { count, isCapped } = counts[view]
    if (isCapped) isCertain = false
    else
      moved = {
        ...moved,
        [view]: { count: Math.min(most, Math.max(0, count + change)), isCapped: count + change > most },
      }
  }
  return { counts: moved, isCertain }
}
