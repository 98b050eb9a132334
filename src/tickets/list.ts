// Lists: limit before joining, one statement for a page with all it shows, access inside the query.
import type { Database, Param, Statement } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { countedUpTo, type CursorValue, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import type { Principal } from "#people/index.ts"
import type { ListedTicket, ListQuery } from "./contract.ts"
import { type Order, orderBy, orderOf } from "./order.ts"
import { columnsFor, type ListedRow, toListed, viewJoins } from "./view.ts"
import { isOneWalk, walksOf } from "./walks.ts"

type SortedRow = ListedRow & { sortKeys: CursorValue[] }

/** One page of the tickets that `who` may see. The total travels in the cursor: it is counted once, with the first page. */
export async function listTickets(db: Database, who: Principal, query: ListQuery): Promise<Page<ListedTicket>> {
  const order = orderOf(query.sort)
  const cursor = readCursor(query.cursor, order.keys.length + 1)
  const rows = await db.run<SortedRow>(pageStatement(who, query, order, cursor?.slice(1) ?? null))
  const counted = cursor ? totalIn(cursor) : await countTickets(db, who, query, countedUpTo + 1)
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
  const order = orderOf(query.sort)
  const sized = { ...query, limit: exportedPage }
  let after: CursorValue[] | null = null
  do {
    const rows: SortedRow[] = await db.run<SortedRow>(pageStatement(who, sized, order, after))
    after = rows.length > exportedPage ? rows[exportedPage - 1]!.sortKeys : null
    yield rows.slice(0, exportedPage).map(({ sortKeys: _keys, ...row }) => toListed(who, row))
  } while (after)
}

function totalIn([total]: CursorValue[]): number {
  if (Number.isSafeInteger(total)) return total as number
  throw invalidField("cursor", "must be the nextCursor of the same list")
}

export function pageStatement(who: Principal, query: ListQuery, order: Order, after: CursorValue[] | null): Statement {
  return statement("", (p) => {
    const walks = walksOf(p, who, query, order, after)
    const keys = order.keys.map((key) => `(${key.sql})::text`).join(", ")
    return `with page as (${merged(p, walks, order, query.limit + 1)})
      select ${columnsFor(who)}, left(l.content, 200) as "previewText", l.direction as "previewDirection",
        exists (select from drafts where user_id = ${p(who.id)} and ticket_id = t.id) as draft, array[${keys}] as "sortKeys"
      from page join tickets t on t.id = page.id ${viewJoins}
      left join messages l on l.id = t.last_message_id
      order by ${orderBy(order)}`
  })
}

/** The first of all walks together, in order. */
function merged(p: Param, walks: string[], order: Order, limit: number): string {
  const keys = order.keys.map((key, i) => `${key.sql} as k${i}`).join(", ")
  const sorted = walks.map(
    (where) => `(select t.id, ${keys} from tickets t where ${where} order by ${orderBy(order)} limit ${p(limit)})`,
  )
  if (sorted.length === 1) return sorted[0]!
  if (sorted.length === 0) return "select null::text as id where false"
  return `select id from (${sorted.join(" union all ")}) seen order by ${orderBy(order, (_sql, i) => `k${i}`)} limit ${p(limit)}`
}

/** How many there are, counting no further than `upTo`. */
export async function countTickets(db: Database, who: Principal, query: ListQuery, upTo: number): Promise<number> {
  const rows = await db.run<{ n: number }>(countStatement(who, query, upTo))
  return rows[0]?.n ?? 0
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
