// The SQL of the tickets that a search finds: looked up by its rarest word, all of them or the first of the list.
import type { Param } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import type { SelectivityEstimate } from "./selectivity.ts"
import type { ListQuery } from "../api-contract.ts"
import { conditionsOf } from "../list/filter-conditions.ts"
import { afterCursor, type Order, orderBy } from "../list/sort-order.ts"
import { scopeCondition } from "../visible-tickets-conditions.ts"
import { unindexedMatchSql, matchesAllTermsCondition, ticketsWithTermSql } from "./search-terms.ts"
import { mergeScans, scanConditions } from "../list/split-list-into-index-scans.ts"

/** What a page is asked for. */
export type SearchTerms = { who: Principal; query: ListQuery; order: Order; after: CursorValue[] | null }
export type SearchHits = SearchTerms & SelectivityEstimate

/** The page's ids of what few say. Each ticket by its key: their number is only guessed. */
export function searchSql(p: Param, looked: SearchHits, limit: number): string {
  const { who, query, order, after, rarest, search } = looked
  const others = search.terms.filter((term) => term !== rarest)
  const saying = rarest ? [ticketsWithTermSql(p, who, rarest, others)] : []
  const conditions = [scopeCondition(p, who), ...conditionsOf(p, who, query)]
  const remaining = [...conditions, ...(after ? [afterCursor(p, order, after)] : [])].join(" and ")
  return `select t.id from (${united(p, looked, saying)}) hit
    cross join lateral (select * from tickets where id = hit.id offset 0) t
    where ${remaining} order by ${orderBy(order)} limit ${p(limit)}`
}

/** The page's ids of what many say: met with the walks of the list as one set. */
export function searchManySql(p: Param, looked: SearchHits, limit: number): string {
  return `with found as materialized (${united(p, looked, looked.rarest ? [sayingAllSql(p, looked)] : [])}) ${onList(p, looked, "true", limit)}`
}

/** The same when the list is short: looked up by the days on which its tickets were created. */
export function searchByDaysSql(p: Param, looked: SearchHits, limit: number): string {
  const walks = scanConditions(p, looked.who, looked.query, looked.order, looked.after)
  const days = walks.map((where) => `select ${dayOf("t.created_at")} as day from tickets t where ${where}`)
  const saying = `select s.id from (${["select null::int as day where false", ...days].join(" union ")}) listed
    cross join lateral (${sayingAllSql(p, looked, ofDay)}) s`
  return `with found as materialized (${united(p, looked, [saying])}) ${onList(p, looked, "true", limit)}`
}

/**
 * The same by latest activity, as far as the first `among` tickets by creation that hold all words can show. Nearly all
 * tickets are over within two weeks: after the last day that was looked at and two weeks more nothing else was active,
 * save what lived longer.
 */
export function searchLatestSql(p: Param, looked: SearchHits, limit: number, among: number): string {
  const { who, query, search, order, after } = looked
  const long = [
    `${longLived} and t.last_message_at >= (select since from reach) and t.created_at < (select until from reach)`,
    ...(after ? [`t.last_message_at <= ${p(after[0])}::timestamptz`] : []),
    matchesAllTermsCondition(p, who, search.terms, "t.id"),
  ]
  const conditions = [
    scopeCondition(p, who),
    ...conditionsOf(p, who, query),
    ...(after ? [afterCursor(p, order, after)] : []),
  ]
  return `${firstFound(p, looked, among)},
    reach as materialized (select case when is_cut then ${startOf("first_day + 15")} else '-infinity' end as since,
      ${startOf("first_day + 1")} as until from cut),
    hit as materialized (select id from found union select t.id from tickets t where ${long.join(" and ")})
    select t.id from hit cross join lateral (select * from tickets where id = hit.id offset 0) t
    where t.last_message_at >= (select since from reach) and ${conditions.join(" and ")} order by ${orderBy(order)} limit ${p(limit)}`
}

/** The same among the first `among` tickets of the list that say all words, and as if there were no others. */
export function searchFirstSql(p: Param, looked: SearchHits, limit: number, among: number): string {
  return `${firstFound(p, looked, among)} ${onList(p, looked, isInSpan, limit)}`
}

/** How many of them are on the list, and whether there may be more. */
export function countFirstSql(p: Param, looked: SearchHits, among: number): string {
  const walks = scanConditions(p, looked.who, looked.query, looked.order, null)
  const listed = walks.map((where) => `select t.id from ${foundOf(`${where} and ${isInSpan}`)}`).join(" union all ")
  return `${firstFound(p, looked, among)}
    select count(*) as n, (select is_cut from cut) as "isCut"
    from (${walks.length === 1 && walks[0] === "true" ? "select id from found" : listed}) listed`
}

/** What says the words, and what is found otherwise; each ticket once. */
const united = (p: Param, { search }: SearchHits, saying: string[]) =>
  ["select null::text as id where false", ...saying, ...unindexedMatchSql(p, search)]
    .map((way) => `(${way})`)
    .join(" union ")

// Joined, not "in": of what it is in, the planner guesses two hundred, and would look up each ticket for each walk.
const foundOf = (where: string) => `found join tickets t on t.id = found.id where ${where}`

function onList(p: Param, { who, query, order, after }: SearchHits, condition: string, limit: number): string {
  const walks = scanConditions(p, who, query, order, after)
  return mergeScans(p, walks, order, limit, (where) => foundOf(`${where} and ${condition}`))
}

const sayingAllSql = (p: Param, { who, search, rarest }: SearchHits, day: string | null = null) =>
  ticketsWithTermSql(
    p,
    who,
    rarest!,
    search.terms.filter((term) => term !== rarest),
    day,
  )

/**
 * `found`: the first tickets that say all words, day after day of their creation, and what is found otherwise, with the `span`
 * of time in which they were created. The limit is text, so that plans know it.
 */
function firstFound(p: Param, looked: SearchHits, among: number): string {
  const { order, after } = looked
  const { down } = order.keys[0]!
  const [oldest, newest] = ["min", "max"].map((end) => `(select ${dayOf(`${end}(created_at)`)} from tickets)`)
  const first = after ? dayOf(`${p(after[0])}::timestamptz`) : down ? newest : oldest
  const otherwise = `select ${dayOf("r.created_at")}, r.id from (${united(p, looked, [])}) o join tickets r on r.id = o.id`
  // The last day may be cut: what was created on it is left for the next attempt.
  const isBeforeCut = down ? "day > (select first_day from cut)" : "day < (select last_day from cut)"
  return `with said as materialized (
      select day, s.id from generate_series(${first}, ${down ? oldest : newest}, ${down ? -1 : 1}) as day
      cross join lateral (${sayingAllSql(p, looked, ofDay)}) s limit ${among}),
    cut as materialized (select count(*) >= ${among} as is_cut, min(day) as first_day, max(day) as last_day from said),
    found as materialized (select * from (select day, id from said union ${otherwise}) f
      where not (select is_cut from cut) or ${isBeforeCut}),
    span as materialized (select ${startOf("min(day)")} as since, ${startOf("max(day) + 1")} as until from found)`
}

// As the index tickets_long_lived says it.
const longLived = "t.last_message_at - t.created_at > interval '14 days'"
const ofDay = "('D' || day)::tsquery"
const isInSpan = "t.created_at >= (select since from span) and t.created_at < (select until from span)"
const dayOf = (instant: string) => `((${instant} at time zone 'UTC')::date - date '2000-01-01')`
const startOf = (day: string) => `(date '2000-01-01' + ${day})::timestamp at time zone 'UTC'`
