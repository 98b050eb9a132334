// Lists: limit before joining, one statement for a page with all it shows, access inside the query.
import type { Database, Param, Statement } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { countedUpTo, type CursorValue, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import type { Principal } from "#people/index.ts"
import type { ListedTicket, ListQuery } from "./contract.ts"
import { countOf, dayByDay, isByDay, type Looked, lookUp, lookUpByDay, rarestOf } from "./hits.ts"
import { checkListQuery } from "./filters.ts"
import { type Order, orderBy, orderOf } from "./order.ts"
import { columnsFor, type ListedRow, toListed, viewJoins } from "./view.ts"
import { readSearch, searchCondition } from "./text.ts"
import { isOneWalk, walksOf } from "./walks.ts"

// A common word: so many tickets are looked at one by one before it is looked up, or when there are no more of them.
const walkedFirstUpTo = 5_000
const walkedUpTo = 20_000

type SortedRow = ListedRow & { sortKeys: CursorValue[] }

/** One page of the tickets that `who` may see. The total travels in the cursor: it is counted once, with the first page. */
export async function listTickets(db: Database, who: Principal, query: ListQuery): Promise<Page<ListedTicket>> {
  await checkListQuery(db.kysely, who, query)
  const order = orderOf(query.sort)
  const cursor = readCursor(query.cursor, order.keys.length + 1)
  const wanted = { who, query, order, after: cursor?.slice(1) ?? null }
  const known = cursor ? totalIn(cursor) : null
  const [rows, counted] = await Promise.all([
    pageRows(db, wanted),
    known ?? countTickets(db, who, query, countedUpTo + 1),
  ])
  return pageOf(
    rows,
    query.limit,
    counted,
    ({ sortKeys: _keys, ...row }) => toListed(who, row),
    (row) => [counted, ...row.sortKeys],
  )
}

const exportedPage = 500

/** All tickets of the list in its order, a page at a time and each page as it is then. */
export async function* ticketsInPages(db: Database, who: Principal, query: ListQuery): AsyncGenerator<ListedTicket[]> {
  const wanted = { who, query: { ...query, limit: exportedPage }, order: orderOf(query.sort) }
  let after: CursorValue[] | null = null
  do {
    const rows: SortedRow[] = await pageRows(db, { ...wanted, after })
    after = rows.length > exportedPage ? rows[exportedPage - 1]!.sortKeys : null
    yield rows.slice(0, exportedPage).map(({ sortKeys: _keys, ...row }) => toListed(who, row))
  } while (after)
}

function totalIn([total]: CursorValue[]): number {
  if (Number.isSafeInteger(total)) return total as number
  throw invalidField("cursor", "must be the nextCursor of the same list")
}

type Wanted = Omit<Looked, "search">

/** The rows of a page, and one more if there is more. */
async function pageRows(db: Database, wanted: Wanted): Promise<SortedRow[]> {
  const { who, query, order, after } = wanted
  const run = (ids: Ids) => db.run<SortedRow>(pageOfIds(who, order, ids))
  const walked = run.bind(null, (p) => merged(p, walksOf(p, who, query, order, after), order, query.limit + 1))
  if (query.q === undefined) return walked()
  const looked = { ...wanted, search: readSearch(query.q) }
  const limit = query.limit + 1
  const rarest = await rarestOf(db, looked.search)
  if (!rarest || rarest.isRare) return run((p) => lookUp(p, looked, rarest?.term ?? null, limit))
  if ((await poolOf(db, who, query)) <= walkedUpTo) return walked()
  const first = await run((p) => walkedFirst(p, looked, limit, walkedFirstUpTo))
  if (first.length === limit) return first
  const saying = isByDay(order) ? await run((p) => lookUpByDay(p, looked, limit)) : []
  // By days only whole words are found: what merely begins as the last one does comes after them, if they are few.
  return saying.length === limit ? saying : run((p) => lookUp(p, looked, rarest.term, limit))
}

type Ids = (p: Param) => string

/** A page by what gives its ids; one statement for all that its rows show. */
function pageOfIds(who: Principal, order: Order, ids: Ids): Statement {
  return statement("", (p) => {
    const keys = order.keys.map((key) => `(${key.sql})::text`).join(", ")
    return `with page as (${ids(p)})
      select ${columnsFor(who)}, left(l.content, 200) as "previewText", l.direction as "previewDirection",
        exists (select from drafts where user_id = ${p(who.id)} and ticket_id = t.id) as draft, array[${keys}] as "sortKeys"
      from page join tickets t on t.id = page.id ${viewJoins}
      left join messages l on l.id = t.last_message_id
      order by ${orderBy(order)}`
  })
}

/** The statement of a list without a search, for whoever wants to see how it is read. */
export function pageStatement(who: Principal, query: ListQuery, order: Order, after: CursorValue[] | null): Statement {
  return pageOfIds(who, order, (p) => merged(p, walksOf(p, who, query, order, after), order, query.limit + 1))
}

type Found = { condition: string; among: number }

/** The first of all walks together, in order. With `found` only those that it is true of, `among` the first of each walk. */
function merged(p: Param, walks: string[], order: Order, limit: number, found: Found | null = null): string {
  const keys = order.keys.map((key, i) => `${key.sql} as k${i}`).join(", ")
  const from = (where: string) =>
    found
      ? `(select * from tickets t where ${where} order by ${orderBy(order)} limit ${p(found.among)}) t where ${found.condition}`
      : `tickets t where ${where}`
  const sorted = walks.map(
    (where) => `(select t.id, ${keys} from ${from(where)} order by ${orderBy(order)} limit ${p(limit)})`,
  )
  if (sorted.length === 1) return sorted[0]!
  if (sorted.length === 0) return "select null::text as id where false"
  return `select id from (${sorted.join(" union all ")}) seen order by ${orderBy(order, (_sql, i) => `k${i}`)} limit ${p(limit)}`
}

/** The first tickets of each walk, looked at one by one for what is searched. */
function walkedFirst(p: Param, { who, query, search, order, after }: Looked, limit: number, among: number): string {
  const found = { condition: searchCondition(p, who, search), among }
  return merged(p, walksOf(p, who, { ...query, q: undefined }, order, after), order, limit, found)
}

/** How many there are, counting no further than `upTo`. */
export async function countTickets(db: Database, who: Principal, query: ListQuery, upTo: number): Promise<number> {
  const count = async (asked: Statement) => (await db.run<{ n: number }>(asked))[0]?.n ?? 0
  if (query.q === undefined) return count(countStatement(who, query, upTo))
  const looked = { who, query, search: readSearch(query.q), order: orderOf(["-createdAt"]), after: null }
  const rarest = await rarestOf(db, looked.search)
  const all = () => count(countOf((p) => lookUp(p, looked, rarest?.term ?? null, upTo)))
  if (!rarest || rarest.isRare) return all()
  if ((await poolOf(db, who, query)) <= walkedUpTo) return count(countStatement(who, query, upTo))
  const saying = await count(countOf((p) => dayByDay(p, looked, upTo)))
  if (saying === upTo) return upTo
  const first = await count(countOf((p) => walkedFirst(p, looked, upTo, walkedUpTo)))
  return first === upTo ? upTo : all()
}

/** Among how many tickets is searched? Counted as far as it matters. */
async function poolOf(db: Database, who: Principal, query: ListQuery): Promise<number> {
  const [row] = await db.run<{ n: number }>(countStatement(who, { ...query, q: undefined }, walkedUpTo + 1))
  return row!.n
}

/** Each walk in the order of its index, or PostgreSQL would rather read the whole table than ten thousand entries. */
export function countStatement(who: Principal, query: ListQuery, upTo: number): Statement {
  return statement("", (p) => {
    const walks = walksOf(p, who, query, orderOf(query.sort), null)
    if (walks.length === 0) return "select 0 as n"
    const inOrder = orderBy(orderOf(isOneWalk(who, query) ? ["-createdAt"] : ["-lastMessageAt"]))
    const counted = walks.map(
      (where) => `(select t.id from tickets t where ${where} order by ${inOrder} limit ${p(upTo)})`,
    )
    return `select count(*) as n from (select from (${counted.join(" union all ")}) walked limit ${p(upTo)}) counted`
  })
}
