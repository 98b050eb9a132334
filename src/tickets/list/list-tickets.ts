// Lists: limit before joining, one statement for a page with all it shows, access inside the query.
import { type Database, type Param, type Statement, statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { countCap, type CursorValue, type Page, toPage, readCursor } from "#kernel/http/pagination.ts"
import type { Principal } from "#people/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { withSla } from "#sla/index.ts"
import type { ListedTicket, ListQuery } from "../api-contract.ts"
import { countStatement, type CountResult } from "./count-tickets.ts"
import {
  countMatches,
  type Ids,
  searchTickets,
  type SearchRequest,
  searchStrategies,
} from "../search/search-tickets.ts"
import { checkListQuery, withToday } from "./filter-conditions.ts"
import type { SearchTerms } from "../search/search-sql.ts"
import { type Order, orderBy, orderOf } from "./sort-order.ts"
import { readableBy } from "../readable-messages.ts"
import { columnsFor, type ListedRow, type StoredRow, toListed, viewJoins } from "../ticket-view.ts"
import { previewColumns, previewJoin } from "./preview-columns.ts"
import { isByDeadline, withDeadlineScans, withoutDeadlineScans } from "./deadline-scans.ts"
import { mergeScans, scanConditions } from "./split-list-into-index-scans.ts"
import { isByWaiting, notWaitingScans, waitingScans } from "./waiting-scans.ts"

type SortedRow = ListedRow & { sortKeys: CursorValue[] }
/** From where it is read, and by which clock. */
type Viewing = Pick<Kit, "db" | "now">

/** One page of the tickets that `who` may see. The total travels in the cursor: it is counted once, with the first page. */
export async function listTickets(kit: Viewing, who: Principal, asked: ListQuery): Promise<Page<ListedTicket>> {
  const { db } = kit
  const query = withToday(asked, who, kit.now())
  await checkListQuery(db.kysely, who, query)
  const order = orderOf(query.sort)
  const cursor = readCursor(query.cursor, order.keys.length + 2)
  const wanted = { who, query, order, after: cursor?.slice(2) ?? null }
  const known = cursor ? totalIn(cursor) : null
  const sought = await soughtOf(db, who, query)
  const [rows, counted] = await Promise.all([
    pageRows(kit, wanted, sought),
    known ?? total(db, wanted, sought, countCap + 1),
  ])
  const { n, isCut } = { ...counted, n: Math.max(counted.n, Math.min(rows.length, query.limit)) }
  const page = toPage(
    rows,
    query.limit,
    n,
    ({ sortKeys: _keys, ...row }) => toListed(who, row),
    (row) => [n, isCut ? 1 : 0, ...row.sortKeys],
  )
  return { ...page, totalIsCapped: isCut }
}

const exportedPage = 500

/** All tickets of the list in its order, a page at a time and each page as it is then. */
export async function* ticketsInPages(kit: Viewing, who: Principal, query: ListQuery): AsyncGenerator<ListedTicket[]> {
  const wanted = { who, query: { ...query, limit: exportedPage }, order: orderOf(query.sort) }
  const sought = await soughtOf(kit.db, who, query)
  let after: CursorValue[] | null = null
  do {
    const rows: SortedRow[] = await pageRows(kit, { ...wanted, after }, sought)
    after = rows.length > exportedPage ? rows[exportedPage - 1]!.sortKeys : null
    yield rows.slice(0, exportedPage).map(({ sortKeys: _keys, ...row }) => toListed(who, row))
  } while (after)
}

function totalIn([total, isCut]: CursorValue[]): CountResult {
  if (Number.isSafeInteger(total)) return { n: total as number, isCut: isCut === 1 }
  throw invalidField("cursor", "must be the nextCursor of the same list")
}

const soughtOf = async (db: Database, who: Principal, query: ListQuery) =>
  query.q === undefined ? null : searchTickets(db, who, query)

/** The rows of a page, and one more if there is more. */
async function pageRows({ db, now }: Viewing, wanted: SearchTerms, sought: SearchRequest | null): Promise<SortedRow[]> {
  return withSla(db.kysely, await storedRows(db, wanted, sought), now())
}

async function storedRows(db: Database, wanted: SearchTerms, sought: SearchRequest | null) {
  const { who, query, order } = wanted
  const parts = partsOf(order)
  if (!sought && parts) return pageInParts(db, wanted, parts)
  if (!sought) return db.run<StoredRow<SortedRow>>(pageStatement(wanted))
  let rows: StoredRow<SortedRow>[] = []
  for await (const ids of searchStrategies(db, wanted, sought, query.limit + 1)) {
    rows = await db.run<StoredRow<SortedRow>>(pageOfIds(who, order, ids))
    if (rows.length > query.limit) break
  }
  return rows
}

type Scans = (p: Param, wanted: SearchTerms, limit: number) => string
/** `isInRest`: the cursor stands in the second part already. */
type Parts = { first: Scans; rest: Scans; isInRest: (after: CursorValue[]) => boolean }

// Of what has no place in the order: it comes last, and first where the order is reversed.
const isUnplaced = (after: CursorValue[]) => after[0] === "infinity"
const isPlaced = (after: CursorValue[]) => !isUnplaced(after)

/** Orders in which many tickets have no place of their own: what has one is read by its index, and the rest apart from it. */
function partsOf(order: Order): Parts | null {
  if (isByDeadline(order)) return { first: withDeadlineScans, rest: withoutDeadlineScans, isInRest: isUnplaced }
  if (!isByWaiting(order)) return null
  return order.keys[0]!.down
    ? { first: notWaitingScans, rest: waitingScans, isInRest: isPlaced }
    : { first: waitingScans, rest: notWaitingScans, isInRest: isUnplaced }
}

async function pageInParts(db: Database, wanted: SearchTerms, { rest, isInRest: stands }: Parts) {
  const { who, query, order, after } = wanted
  const most = query.limit + 1
  const run = (ids: Ids) => db.run<StoredRow<SortedRow>>(pageOfIds(who, order, ids))
  const isInRest = after !== null && stands(after)
  const first = isInRest ? [] : await db.run<StoredRow<SortedRow>>(pageStatement(wanted))
  if (first.length === most) return first
  const behind = isInRest ? wanted : { ...wanted, after: null }
  return [...first, ...(await run((p) => rest(p, behind, most - first.length)))]
}

/** A page by what gives its ids; one statement for all that its rows show. */
function pageOfIds(who: Principal, order: Order, ids: Ids): Statement {
  return statement("", (p) => {
    const keys = order.keys.map((key) => `(${key.sql})::text`).join(", ")
    return `with page as (${ids(p)})
      select ${columnsFor(p, who)}, ${previewColumns}, d.content as "draftText", array[${keys}] as "sortKeys"
      from page join tickets t on t.id = page.id ${viewJoins} ${previewJoin(readableBy(p, who, "m"))}
      left join lateral (select left(content, 200) as content from drafts where user_id = ${p(who.id)} and ticket_id = t.id
        order by mode = 'reply' desc limit 1) d on true
      order by ${orderBy(order)}`
  })
}

/** The statement of a list without a search; of one in parts, of the first. */
export function pageStatement(wanted: SearchTerms): Statement {
  const { who, query, order, after } = wanted
  const parts = partsOf(order)
  return pageOfIds(who, order, (p) =>
    parts
      ? parts.first(p, wanted, query.limit + 1)
      : mergeScans(p, scanConditions(p, who, query, order, after), order, query.limit + 1),
  )
}

/** How many there are, counting no further than `upTo`. */
export async function countTickets(db: Database, who: Principal, query: ListQuery, upTo: number): Promise<CountResult> {
  return total(db, { who, query }, await soughtOf(db, who, query), upTo)
}

async function total(
  db: Database,
  list: Pick<SearchTerms, "who" | "query">,
  sought: SearchRequest | null,
  upTo: number,
): Promise<CountResult> {
  if (sought) return countMatches(db, list, sought, upTo)
  const [row] = await db.run<{ n: number }>(countStatement(list.who, list.query, upTo))
  return { n: row!.n, isCut: row!.n >= upTo }
}
