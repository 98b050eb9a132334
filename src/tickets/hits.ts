// The SQL of the tickets that a search finds: looked up by its rarest word, all of them or the first of the list.
import type { Param } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/pages.ts"
import type { Principal } from "#people/index.ts"
import type { Weighed } from "./commonness.ts"
import type { ListQuery } from "./contract.ts"
import { conditionsOf } from "./filters.ts"
import { afterCursor, type Order, orderBy } from "./order.ts"
import { scopeCondition } from "./scope.ts"
import { otherwiseSql, saysAllCondition, sayingSql } from "./text.ts"
import { merged, walksOf } from "./walks.ts"

export type Looked = { who: Principal; query: ListQuery; order: Order; after: CursorValue[] | null } & Weighed

/** The page's ids of what few say. Each ticket by its key: their number is only guessed. */
export function lookUp(p: Param, looked: Looked, limit: number): string {
  const { who, query, order, after, rarest, search } = looked
  const others = search.terms.filter((term) => term !== rarest)
  const narrowed = others.length === 0 ? "" : `where ${saysAllCondition(p, who, others, "s.id")}`
  const saying = rarest ? [`select s.id from (${sayingSql(p, who, rarest)}) s ${narrowed}`] : []
  const conditions = [scopeCondition(p, who), ...conditionsOf(p, who, query)]
  const remaining = [...conditions, ...(after ? [afterCursor(p, order, after)] : [])].join(" and ")
  return `select t.id from (${united(p, looked, saying)}) hit
    cross join lateral (select * from tickets where id = hit.id offset 0) t
    where ${remaining} order by ${orderBy(order)} limit ${p(limit)}`
}

/** The page's ids of what many say: met with the walks of the list as one set. */
export function lookUpMany(p: Param, looked: Looked, limit: number): string {
  return `with found as materialized (${united(p, looked, looked.rarest ? [sayingAllSql(p, looked)] : [])}) ${onList(p, looked, "true", limit)}`
}

/** The same among the first `among` tickets of the list that say all words, and as if there were no others. */
export function lookUpFirst(p: Param, looked: Looked, limit: number, among: number): string {
  return `${firstFound(p, looked, among)} ${onList(p, looked, isWhole(looked), limit)}`
}

/** How many of them are on the list, and whether there may be more. */
export function countFirst(p: Param, looked: Looked, among: number): string {
  const walks = walksOf(p, looked.who, looked.query, looked.order, null)
  const listed = walks
    .map((where) => `select t.id from ${foundOf(`${where} and ${isWhole(looked)}`)}`)
    .join(" union all ")
  return `${firstFound(p, looked, among)}
    select count(*) as n, (select count(*) >= ${among} from said) as "isCut"
    from (${walks.length === 1 && walks[0] === "true" ? "select id from found" : listed}) listed`
}

/** What says the words, and what is found otherwise; each ticket once. */
const united = (p: Param, { search }: Looked, saying: string[]) =>
  [...saying, ...otherwiseSql(p, search), "select null where false"].map((way) => `(${way})`).join(" union ")

// Joined, not "in": of what it is in, the planner guesses two hundred, and would look up each ticket for each walk.
const foundOf = (where: string) => `found join tickets t on t.id = found.id where ${where}`

function onList(p: Param, { who, query, order, after }: Looked, condition: string, limit: number): string {
  const walks = walksOf(p, who, query, order, after)
  return merged(p, walks, order, limit, (where) => foundOf(`${where} and ${condition}`))
}

const sayingAllSql = (p: Param, { who, search }: Looked, day: string | null = null) =>
  search.terms.map((term) => `(${sayingSql(p, who, term, day)})`).join(" intersect ")

/** The first tickets that say all words, day after day of their creation. The limit is text, so that plans know it. */
function firstFound(p: Param, looked: Looked, among: number): string {
  const { order, after } = looked
  const { down } = order.keys[0]!
  const [oldest, newest] = ["min", "max"].map((end) => `(select ${dayOf(`${end}(created_at)`)} from tickets)`)
  const first = after ? dayOf(`${p(after[0])}::timestamptz`) : down ? newest : oldest
  return `with said as materialized (
      select day, s.id from generate_series(${first}, ${down ? oldest : newest}, ${down ? -1 : 1}) as day
      cross join lateral (${sayingAllSql(p, looked, "('D' || day)::tsquery")}) s limit ${among}),
    found as materialized (${united(p, looked, ["select id from said"])}),
    cut as materialized (select case when count(*) >= ${among} then
      (date '2000-01-01' + ${down ? "min(day) + 1" : "max(day)"})::timestamp at time zone 'UTC' end as at from said)`
}

/** The last day may be cut: what was created on it is left for the next attempt. */
const isWhole = ({ order }: Looked) =>
  order.keys[0]!.down
    ? "t.created_at >= coalesce((select at from cut), '-infinity')"
    : "t.created_at < coalesce((select at from cut), 'infinity')"

const dayOf = (instant: string) => `((${instant} at time zone 'UTC')::date - date '2000-01-01')`
