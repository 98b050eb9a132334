// Which walks over the table answer a list. Somebody who sees the tickets of three teams and their own has one walk per
// reason to see one, and each walk one part for open tickets and one for the rest: every part has an index in the list's
// order. One condition with "or" would have to look at everybody's tickets. No two walks find the same ticket.
import type { Param } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import { type Principal, ticketScope } from "#people/index.ts"
import type { ListQuery } from "../api-contract.ts"
import { conditionsOf, openOrEnded, openAndEnded } from "./filter-conditions.ts"
import { afterCursor, type Order, orderBy, orderOf } from "./sort-order.ts"
import { scopeBranches, teamBranches } from "../visible-tickets-conditions.ts"

/** The condition over `t` of each walk; none when `who` may see nothing. */
export function scanConditions(
  p: Param,
  who: Principal,
  q: ListQuery,
  order: Order,
  after: CursorValue[] | null,
): string[] {
  const conditions = [...conditionsOf(p, who, q), ...(after ? [afterCursor(p, order, after)] : [])]
  return walksOver(scopeBranches(p, who), halvesOf(who, q), conditions)
}

/** Of the walks of somebody who stands in these teams, the first: those over what everybody in the same teams sees. */
export const teamScans = (p: Param, who: Principal, teamIds: string[], q: ListQuery): string[] =>
  walksOver(teamBranches(p, teamIds), halvesOf(who, q), conditionsOf(p, who, q))

/** The rest: over what only they see. */
export const ownScans = (p: Param, who: Principal, teamIds: string[], q: ListQuery): string[] =>
  scanConditions(p, { ...who, teamIds }, q, orderOf(q.sort), null).slice(teamIds.length * halvesOf(who, q).length)

const halvesOf = (who: Principal, q: ListQuery) =>
  openOrEnded(q) === null && !isSingleScan(who, q) ? [openAndEnded.open, openAndEnded.closed] : ["true"]

function walksOver(scopes: string[], halves: string[], conditions: string[]): string[] {
  return scopes.flatMap((scope, i) => {
    const others = scopes.slice(0, i).map((earlier) => `(${earlier}) is not true`)
    return halves.map((half) => together([scope, ...others, half, ...conditions]))
  })
}

/** Everybody's tickets by their creation are one walk, for which there is an index over both halves. */
export function isSingleScan(who: Principal, q: ListQuery): boolean {
  const ofEverybody = "all" in ticketScope(who) && !q.assignedTo && !q.teamId
  return ofEverybody && openOrEnded(q) === null && !q.sort[0]?.endsWith("lastMessageAt")
}

/** The first of all walks together, in order. `from`: SQL of the tickets `t` of one walk, if not simply all that it is true of. */
export function mergeScans(
  p: Param,
  walks: string[],
  order: Order,
  limit: number,
  from = (where: string) => `tickets t where ${where}`,
): string {
  const keys = order.keys.map((key, i) => `${key.sql} as k${i}`).join(", ")
  const sorted = walks.map(
    (where) => `(select t.id, ${keys} from ${from(where)} order by ${orderBy(order)} limit ${p(limit)})`,
  )
  if (sorted.length === 1) return sorted[0]!
  return `select id from (${sorted.join(" union all ")}) seen order by ${orderBy(order, (_sql, i) => `k${i}`)} limit ${p(limit)}`
}

const together = (conditions: string[]) =>
  conditions.filter((condition) => condition !== "true").join(" and ") || "true"
