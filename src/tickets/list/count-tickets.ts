// Totals of lists without a search.
import { type Param, type Statement, statement } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import type { ListQuery } from "../api-contract.ts"
import { countRunning } from "./deadline-scans.ts"
import { runningStates, withoutDeadlines } from "./filter-conditions.ts"
import { orderBy, orderOf } from "./sort-order.ts"
import { isSingleScan, scanConditions } from "./split-list-into-index-scans.ts"

/** `isCut`: so many were counted, and there may be more. */
export type CountResult = { n: number; isCut: boolean }

export const countStatement = (who: Principal, query: ListQuery, upTo: number): Statement =>
  countWalks(who, query, upTo, (p, q) => scanConditions(p, who, q, orderOf(q.sort), null))

type Walks = (p: Param, query: ListQuery) => string[]

/** Each walk in the order of its index, or PostgreSQL would rather read the whole table than ten thousand entries. */
export function countWalks(who: Principal, query: ListQuery, upTo: number, over: Walks): Statement {
  return statement("", (p) => {
    const inOrder = orderBy(orderOf(isSingleScan(who, query) ? ["-createdAt"] : ["-lastMessageAt"]))
    const counted = over(p, query).map(
      (where) => `(select t.id from tickets t where ${where} order by ${inOrder} limit ${p(upTo)})`,
    )
    const walked = `select count(*) as n from (select from (${counted.join(" union all ")}) walked limit ${p(upTo)}) counted`
    if (!runningStates(query)) return walked
    return countRunning(p, { who, query, upTo, walks: over(p, withoutDeadlines(query)), walked })
  })
}
