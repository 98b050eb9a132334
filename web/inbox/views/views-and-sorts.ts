// A view is a filter with a name: one of ours, a team's, or one that somebody saved.
import type { TicketFilter } from "../../tickets/ticket-queries.ts"

export const builtInViews = [
  "mine",
  "unassigned",
  "open",
  "undelivered",
  "breached",
  "atRisk",
  "dueToday",
  "mentions",
  "snoozed",
  "closed",
  "all",
] as const
export type BuiltInView = (typeof builtInViews)[number]

/** Those whose tickets the server counts. */
export const countedViews = [
  "mine",
  "unassigned",
  "open",
  "undelivered",
  "breached",
  "atRisk",
  "dueToday",
] as const satisfies BuiltInView[]
export const isCounted = (view: BuiltInView): view is (typeof countedViews)[number] =>
  countedViews.some((one) => one === view)

export type View = BuiltInView | `team:${string}` | `saved:${string}`

export const sorts = {
  newest: "-lastMessageAt",
  oldest: "lastMessageAt",
  waiting: "waitingSince",
  urgent: "-priority,lastMessageAt",
  created: "-createdAt",
  deadline: "slaDueAt",
} as const
export type Sort = keyof typeof sorts
export const sortNames = Object.keys(sorts) as Sort[]
export const sortOf = (written: unknown): Sort | undefined =>
  sortNames.find((name) => name === written || sorts[name] === written)

const unfinished = ["new", "active", "waiting"] as const

/** What views hold unless they ask for a kind: incidents and mirrored tickets have boards of their own. */
export const inboxKinds = ["conversation", "support"] as const

/** Without the filters of a saved view, which are not known here. A search of all tickets finds every kind. */
export function filterOf(view: View, { isSearched }: { isSearched?: boolean } = {}): TicketFilter {
  return { ...(view === "all" && isSearched ? {} : { kind: inboxKinds }), ...narrowed(view) }
}

function narrowed(view: View): TicketFilter {
  if (view === "closed") return { phase: ["closed", "resolved"] }
  if (view === "mine") return { assignedTo: "me", phase: unfinished }
  if (view === "unassigned") return { assignedTo: "unassigned", phase: unfinished }
  if (view === "open") return { phase: unfinished }
  if (view === "breached") return { slaState: "breached", phase: unfinished }
  if (view === "atRisk") return { slaState: "warning", phase: unfinished }
  if (view === "dueToday") return { slaState: ["on_track", "warning"], slaDueTo: "today", phase: unfinished }
  if (view === "mentions") return { mentioned: "me" }
  if (view === "undelivered") return { delivery: "failed" }
  if (view === "snoozed") return { snoozed: "true" }
  if (view.startsWith("team:")) return { teamId: view.slice("team:".length), phase: unfinished }
  return {}
}

/** Views of deadlines, for desks that have any. */
export const isOfDeadlines = (view: View) => view === "breached" || view === "atRisk" || view === "dueToday"

/** What is due first, or is late longest, stands first where all have a deadline. */
export const usualSort = (view: View): Sort => (isOfDeadlines(view) ? "deadline" : "newest")

export function viewOf(written: unknown): View {
  if (typeof written !== "string") return "open"
  if (/^(team|saved):./.test(written)) return written as View
  return builtInViews.find((view) => view === written) ?? "open"
}
