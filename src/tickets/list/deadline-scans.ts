// Lists by deadline, the next first, are two walks one after the other: what has a deadline, in the order of its index, and
// then the rest. One walk over both would have to sort everything that matches.
import type { Param } from "#kernel/db.ts"
import type { SearchTerms } from "../search/search-sql.ts"
import { mergeScans, scanConditions } from "./split-list-into-index-scans.ts"
import { type Order, slaDueAt } from "./sort-order.ts"

/** By nothing else, the next first. */
export const isByDeadline = ({ keys: [first, id, ...others] }: Order): boolean =>
  first?.sql === slaDueAt && !first.down && id !== undefined && others.length === 0

/** Does the page begin behind everything that has a deadline? */
export const isInRest = ({ after }: SearchTerms): boolean => after?.[0] === "infinity"

/** The ids of those that have one. */
export function deadlineScans(p: Param, { who, query, order, after }: SearchTerms, limit: number): string {
  const columns = ["s.due_at", "s.ticket_id"]
  const byIndex: Order = { keys: order.keys.map((key, i) => ({ ...key, sql: columns[i]! })) }
  const from = (where: string) =>
    `ticket_sla s join tickets t on t.id = s.ticket_id where s.due_at is not null and ${where}`
  return mergeScans(p, scanConditions(p, who, query, byIndex, after), byIndex, limit, from)
}

/** The ids of the rest, which have their id alone to be sorted by. */
export function restScans(p: Param, { who, query, order, after }: SearchTerms, limit: number): string {
  const byId: Order = { keys: order.keys.slice(1) }
  const from = (where: string) => `tickets t where ${where}
    and not exists (select from ticket_sla s where s.ticket_id = t.id and s.due_at is not null)`
  return mergeScans(p, scanConditions(p, who, query, byId, after && after.slice(1)), byId, limit, from)
}
