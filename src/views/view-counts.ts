import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { hasDeadlines } from "#sla/index.ts"
import { type ListQuery, listQuery, type SharedCounts } from "#tickets/index.ts"
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

/** The numbers beside the views of the inbox and the saved ones, never counted past 99. */
export async function countViews({ db }: Kit, counts: SharedCounts, who: Principal): Promise<Counts> {
  const count = async (query: ListQuery) => {
    const { n, isCut } = await counts(who, inInbox(query), countedUpTo + 1)
    return { count: Math.min(n, countedUpTo), isCapped: isCut }
  }
  const saved = await viewsToCount(db.kysely, who, countedViews)
  const ofViews = saved.map(async ({ id, filters }) => [id, await count(queryOf(filters))] as const)
  const ofInbox = Object.entries(inbox).map(async ([name, query]) => [name, await count(query)] as const)
  const [fixed, views, isGranted] = await Promise.all([Promise.all(ofInbox), Promise.all(ofViews), hasDeadlines(db)])
  return {
    ...(Object.fromEntries(fixed) as Record<keyof typeof inbox, Counts["mine"]>),
    hasDeadlines: isGranted,
    views: Object.fromEntries(views),
  }
}
