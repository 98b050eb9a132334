import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { hasDeadlines } from "#sla/index.ts"
import { type ListQuery, listQuery, type SharedCounts, withToday } from "#tickets/index.ts"
import type { Counts } from "./api-contract.ts"
import { viewsToCount } from "./saved-view-store.ts"
import { queryOf } from "./change-saved-views.ts"

const countedUpTo = 99
const countedViews = 20
const open = ["new", "active", "waiting"]

// What views hold unless they ask for a kind: incidents and mirrored tickets have boards of their own.
const kind = ["conversation", "support"] as const
const inInbox = (query: ListQuery): ListQuery => ({ kind: [...kind], ...query })

const inbox = {
  mine: listQuery.parse({ phase: open, assignedTo: "me" }),
  unassigned: listQuery.parse({ phase: open, assignedTo: "unassigned" }),
  open: listQuery.parse({ phase: open }),
  snoozed: listQuery.parse({ snoozed: "true" }),
  undelivered: listQuery.parse({ delivery: "failed" }),
}

const nothing = { count: 0, isCapped: false }
const noDeadlines = { breached: nothing, atRisk: nothing, dueToday: nothing }

const byDeadline = {
  breached: listQuery.parse({ phase: open, slaState: "breached" }),
  atRisk: listQuery.parse({ phase: open, slaState: "warning" }),
  dueToday: listQuery.parse({ phase: open, slaState: ["on_track", "warning"], slaDueTo: "today" }),
}

/** The numbers beside the views of the inbox and the saved ones, never counted past 99. */
export async function countViews({ db, now }: Kit, counts: SharedCounts, who: Principal): Promise<Counts> {
  const count = async (query: ListQuery) => {
    const { n, isCut } = await counts(who, inInbox(withToday(query, who, now())), countedUpTo + 1)
    return { count: Math.min(n, countedUpTo), isCapped: isCut }
  }
  const countAll = async <Name extends string>(queries: Record<Name, ListQuery>) => {
    const all = Object.entries<ListQuery>(queries).map(async ([name, query]) => [name, await count(query)] as const)
    return Object.fromEntries(await Promise.all(all)) as Record<Name, Counts["mine"]>
  }
  const [saved, isGranted] = await Promise.all([viewsToCount(db.kysely, who, countedViews), hasDeadlines(db)])
  const [fixed, deadlines, views] = await Promise.all([
    countAll(inbox),
    isGranted ? countAll(byDeadline) : noDeadlines,
    countAll(Object.fromEntries(saved.map(({ id, filters }) => [id, queryOf(filters)]))),
  ])
  return { ...fixed, ...deadlines, hasDeadlines: isGranted, views }
}
