// How a search is answered. A rare word is looked up. Of a common one the first tickets of the list that say it are enough,
// looked up by the day of their creation or met while walking; only when they are not, all are gone through.
import { type Database, type Param, statement } from "#kernel/db.ts"
import { can, type Principal } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { estimateSelectivity, type SelectivityEstimate } from "./selectivity.ts"
import type { ListQuery } from "../api-contract.ts"
import { countStatement, type CountResult } from "../list/count-tickets.ts"
import {
  countFirstSql,
  type SearchHits,
  searchSql,
  searchByDaysSql,
  searchFirstSql,
  searchLatestSql,
  searchManySql,
  type SearchTerms,
} from "./search-sql.ts"
import { orderBy, orderOf } from "../list/sort-order.ts"
import { readSearch, searchCondition } from "./search-terms.ts"
import { mergeScans, scanConditions } from "../list/split-list-into-index-scans.ts"

/** How much is looked at before the dearer way. */
export const searchTimeouts = {
  /** A list that is gone through at once. */
  small: 10_000,
  /** Tickets that say the words, in a page's first attempts. */
  lookedUp: [2_000, 20_000] as [number, number],
  /** Tickets of each walk. */
  walked: 3_000,
  /** Tickets that say the words, of which the latest active are asked for. */
  latest: 20_000,
  /** Lists of so many are looked up by the days of their creation. */
  byDays: 100_000,
  /** A total counts among the first so many tickets that say the words. */
  counted: 10_001,
}
// To look at a ticket of a walk costs as much as so many messages of a word.
const messagesPerTicket = 4

export type Ids = (p: Param) => string
/** `isSmall`: the list without the search is. */
export type SearchRequest = SelectivityEstimate & { isSmall: boolean }

export async function searchTickets(
  db: Database,
  who: Principal,
  query: ListQuery,
  most = searchTimeouts.small,
): Promise<SearchRequest> {
  const search = readSearch(query.q ?? "", await readSetting(db, "desk.country"), can.beStaff(who))
  const [weighed, pool] = await Promise.all([estimateSelectivity(db, search), poolOf(db, who, query, most + 1)])
  return { ...weighed, isSmall: pool <= most }
}

/** The ids of a page: each way is tried until one fills it, and the last gives all there is. */
export async function* searchStrategies(
  db: Database,
  wanted: SearchTerms,
  sought: SearchRequest,
  limit: number,
  { lookedUp, walked, latest } = searchTimeouts,
): AsyncGenerator<Ids> {
  const looked = { ...wanted, ...sought }
  if (sought.isRare) return yield (p) => searchSql(p, looked, limit)
  if (sought.isSmall) return yield (p) => walk(p, looked, limit, null)
  const { sql, down } = wanted.order.keys[0]!
  const byCreation = sought.isByDay && sql === "t.created_at"
  const [first, more] = lookedUp
  yield byCreation ? (p) => searchFirstSql(p, looked, limit, first) : (p) => walk(p, looked, limit, walked)
  const pool = await poolOf(db, wanted.who, wanted.query, searchTimeouts.byDays + 1)
  if (sought.isByDay && pool <= searchTimeouts.byDays) return yield (p) => searchByDaysSql(p, looked, limit)
  if (byCreation) yield (p) => searchFirstSql(p, looked, limit, more)
  if (sought.isByDay && sql === "t.last_message_at" && down) yield (p) => searchLatestSql(p, looked, limit, latest)
  const isWorthWalking = pool <= Math.ceil(sought.messages / messagesPerTicket)
  yield isWorthWalking ? (p) => walk(p, looked, limit, null) : (p) => searchManySql(p, looked, limit)
}

/** Looks at one ticket after another, at most at the first `among` of each walk. */
function walk(p: Param, { who, query, search, order, after }: SearchHits, limit: number, among: number | null): string {
  const walks = scanConditions(p, who, query, order, after)
  const isFound = searchCondition(p, who, search)
  return mergeScans(p, walks, order, limit, (where) =>
    among === null
      ? `tickets t where ${where} and ${isFound}`
      : `(select * from tickets t where ${where} order by ${orderBy(order)} limit ${p(among)}) t where ${isFound}`,
  )
}

/** How many there are, counting no further than `upTo`; of common words perhaps only the first. */
export async function countMatches(
  db: Database,
  { who, query }: Pick<SearchTerms, "who" | "query">,
  sought: SearchRequest,
  upTo: number,
): Promise<CountResult> {
  const looked = { who, query, order: orderOf(["-createdAt"]), after: null, ...sought }
  const count = async (ids: Ids) => {
    const [row] = await db.run<{ n: number; isCut: boolean }>(statement("", ids))
    return { n: row!.n, isCut: row!.isCut || row!.n >= upTo }
  }
  const countOf =
    (ids: Ids): Ids =>
    (p) =>
      `select count(*) as n, false as "isCut" from (${ids(p)}) found`
  if (sought.isRare) return count(countOf((p) => searchSql(p, looked, upTo)))
  if (sought.isSmall) return count(countOf((p) => walk(p, looked, upTo, null)))
  if (sought.isByDay) return count((p) => countFirstSql(p, looked, searchTimeouts.counted))
  const { n } = await count(countOf((p) => walk(p, looked, upTo, searchTimeouts.walked)))
  return { n, isCut: true }
}

/** Among how many tickets is searched? Counted as far as it matters. */
async function poolOf(db: Database, who: Principal, query: ListQuery, upTo: number): Promise<number> {
  const [row] = await db.run<{ n: number }>(countStatement(who, query, upTo))
  return row!.n
}
