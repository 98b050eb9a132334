// A view is a saved filter with a name; it lives in the address so that every list can be linked.
import type { Filter } from "../tickets/tickets.ts"

export const views = ["mine", "unassigned", "open", "closed"] as const
export type FixedView = (typeof views)[number]
export type View = FixedView | `team:${string}`

const unfinished = ["new", "active", "waiting"] as const

export function filterOf(view: View): Filter {
  if (view === "closed") return { phase: ["closed", "resolved"] }
  if (view === "mine") return { assignedTo: "me", phase: unfinished }
  if (view === "unassigned") return { assignedTo: "unassigned", phase: unfinished }
  if (view === "open") return { phase: unfinished }
  return { teamId: view.slice("team:".length), phase: unfinished }
}

export function viewOf(written: unknown): View {
  if (typeof written !== "string") return "open"
  if (written.startsWith("team:")) return written as View
  return views.find((view) => view === written) ?? "open"
}

/** "99+" when the server stopped counting. */
export const counted = ({ count, isCapped }: { count: number; isCapped: boolean }) =>
  isCapped ? `${count}+` : String(count)

export const unreadBubble = (unread: number) => (unread > 9 ? "9+" : String(unread))
