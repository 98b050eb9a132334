// Lists by deadline, the next first, are two walks one after the other: what has a deadline, in the order of its index, and
// then the rest. One walk over both would have to sort everything that matches.
import type { Param } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import { type Principal, ticketScope } from "#people/index.ts"
import type { ListQuery } from "../api-contract.ts"
import type { SearchTerms } from "../search/search-sql.ts"
import { scopeCondition } from "../visible-tickets-conditions.ts"
import { conditionsOf, deadlineConditions, runningStates, withoutDeadlines } from "./filter-conditions.ts"
import { mergeScans, scanConditions } from "./split-list-into-index-scans.ts"
import { afterCursor, type Order, slaDueAt } from "./sort-order.ts"

/**
 * So many of the desk's next deadlines are looked at one after the other. Who sees so few of them that these fill no page has a
 * short list: the walks over what they see, all of which is sorted then, cost no more.
 */
const lookedAt = 2_000

/** By nothing else, the next first. */
export const isByDeadline = ({ keys: [first, id, ...others] }: Order): boolean =>
  first?.sql === slaDueAt && !first.down && id !== undefined && others.length === 0

const columns = ["s.due_at", "s.ticket_id"]
const overColumns = (keys: Order["keys"], of: string[]): Order => ({
  keys: keys.map((key, i) => ({ ...key, sql: of[i]! })),
})

/** The ids of those that have one. */
export function withDeadlineScans(p: Param, wanted: SearchTerms, limit: number): string {
  const { who, query, order, after } = wanted
  const byIndex = overColumns(order.keys, columns)
  const from = (where: string) =>
    `ticket_sla s join tickets t on t.id = s.ticket_id where s.due_at is not null and ${where}`
  const walks = mergeScans(p, scanConditions(p, who, query, byIndex, after), byIndex, limit, from)
  return foundOrWalked(p, wanted, limit, walks, ["s.due_at is not null", ...behind(p, byIndex, after)])
}

/** The ids of the rest, which have their id alone to be sorted by. */
export function withoutDeadlineScans(p: Param, wanted: SearchTerms, limit: number): string {
  const { who, query, order } = wanted
  const after = wanted.after && wanted.after.slice(1)
  const byId: Order = { keys: order.keys.slice(1) }
  const from = (where: string) => `tickets t where ${where}
    and not exists (select from ticket_sla s where s.ticket_id = t.id and s.due_at is not null)`
  const walks = mergeScans(p, scanConditions(p, who, query, byId, after), byId, limit, from)
  if (!runningStates(query)) return walks
  const byIndex = overColumns(byId.keys, columns.slice(1))
  return foundOrWalked(p, wanted, limit, walks, ["s.due_at is null", ...behind(p, byIndex, after)])
}

const behind = (p: Param, order: Order, after: CursorValue[] | null) => (after ? [afterCursor(p, order, after)] : [])

/** What the walks would give, by the next deadlines when these are enough. */
function foundOrWalked(
  p: Param,
  { who, query }: SearchTerms,
  limit: number,
  walks: string,
  conditions: string[],
): string {
  const of = runningStates(query) ? withoutDeadlines(query) : query
  const where = [scopeCondition(p, who), ...conditionsOf(p, who, of)].join(" and ")
  const { found, isEnough } = amongNext(p, { who, query, where, limit, atMost: lookedAt, conditions })
  return `with found as materialized (${found})
    select id from found where ${isEnough} union all select id from (${walks}) walked where not ${isEnough}`
}

/** `walks`: the condition of each over `t`, but for how deadlines stand. `walked`: SQL of the whole count by walks. */
type Count = { who: Principal; query: ListQuery; upTo: number; walks: string[]; walked: string }

/** SQL of how many tickets there are on which something runs in the states that are asked for, counting no further than `upTo`. */
export function countRunning(p: Param, { who, query, upTo, walks, walked }: Count): string {
  const where = `(${walks.map((walk) => `(${walk})`).join(" or ")})`
  const atMost = "all" in ticketScope(who) ? Math.max(lookedAt, 2 * upTo) : lookedAt
  const { found, isEnough } = amongNext(p, { who, query, where, limit: upTo, atMost, conditions: [] })
  return `with found as materialized (${found})
    select case when ${isEnough} then (select count(*) from found) else (${walked}) end as n`
}

type Among = { who: Principal; query: ListQuery; where: string; limit: number; atMost: number; conditions: string[] }

/**
 * Those of the next deadlines for which `where` holds, each ticket by its key: nothing that is guessed of tickets says of how many
 * with a deadline it holds. `isEnough`: they fill the page, or there are no more deadlines.
 */
function amongNext(p: Param, { who, query, where, limit, atMost, conditions }: Among) {
  const next = nextDeadlines(p, query, [...deadlineConditions(p, who, query), ...conditions], atMost)
  const found = `select t.id from (${next}) s cross join lateral (select * from tickets where id = s.ticket_id offset 0) t
    where ${where} order by ${columns.join(", ")} limit ${p(limit)}`
  const isEnough = `((select count(*) from found) = ${p(limit)} or (select count(*) from (${next}) s) < ${p(atMost)})`
  return { found, isEnough }
}

/** `conditions` over `ticket_sla s`. Of what runs in the states that are asked for, or of all. */
function nextDeadlines(p: Param, query: ListQuery, conditions: string[], atMost: number): string {
  const inOrder = `order by ${columns.join(", ")} limit ${p(atMost)}`
  const walk = (...of: string[]) =>
    `select s.due_at, s.ticket_id from ticket_sla s where ${[...of, ...conditions].join(" and ")} ${inOrder}`
  const walks = (runningStates(query) ?? []).map((state) => `(${walk(`s.state = ${p(state)}`, "s.is_running")})`)
  if (walks.length === 0) return walk()
  return walks.length === 1 ? walks[0]! : `select * from (${walks.join(" union all ")}) s ${inOrder}`
}
