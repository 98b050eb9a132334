// Lists by how long customers wait are two walks one after the other: who waits, in the order of their own index, which holds nobody
// else, and then the rest; or the rest first. One walk over both would have to sort everything that matches.
import type { Param } from "#kernel/db.ts"
import type { SearchTerms } from "../search/search-sql.ts"
import { type Order, waitingSince } from "./sort-order.ts"
import { mergeScans, scanConditions } from "./split-list-into-index-scans.ts"

/** By nothing else. */
export const isByWaiting = ({ keys: [first, id, ...others] }: Order): boolean =>
  first?.sql === waitingSince && id !== undefined && others.length === 0

// Literal, as the partial index says it.
const isWaiting = "t.waiting_since is not null and t.phase in ('new', 'active')"

/** The ids of the tickets whose customers wait. */
export function waitingScans(p: Param, { who, query, order, after }: SearchTerms, limit: number): string {
  const [since, id] = order.keys
  const byIndex: Order = { keys: [{ ...since!, sql: "t.waiting_since" }, id!] }
  const from = (where: string) => `tickets t where ${isWaiting} and ${where}`
  return mergeScans(p, scanConditions(p, who, query, byIndex, after), byIndex, limit, from)
}

/** The ids of the rest, which have their id alone to be sorted by. */
export function notWaitingScans(p: Param, { who, query, order, after }: SearchTerms, limit: number): string {
  const byId: Order = { keys: order.keys.slice(1) }
  const from = (where: string) => `tickets t where not (${isWaiting}) and ${where}`
  return mergeScans(p, scanConditions(p, who, query, byId, after && after.slice(1)), byId, limit, from)
}
