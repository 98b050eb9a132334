import type { Database } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import { listQuery } from "./contract.ts"
import { countTickets } from "./list.ts"

const countedUpTo = 99
const open = ["new", "active", "waiting"]

const views = {
  mine: listQuery.parse({ phase: open, assignedTo: "me" }),
  unassigned: listQuery.parse({ phase: open, assignedTo: "unassigned" }),
  open: listQuery.parse({ phase: open }),
}

/** The numbers beside the views of the inbox, never counted past 99. */
export async function countViews(db: Database, who: Principal) {
  const counted = await Promise.all(
    Object.entries(views).map(async ([name, query]) => {
      const n = await countTickets(db, who, query, countedUpTo + 1)
      return [name, { count: Math.min(n, countedUpTo), isCapped: n > countedUpTo }] as const
    }),
  )
  return Object.fromEntries(counted) as Record<keyof typeof views, { count: number; isCapped: boolean }>
}
