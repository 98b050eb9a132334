// Lists: limit before joining, one statement for a page with all it shows, access inside the query.
import type { Database, Param, Statement } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import { countedUpTo, type CursorValue, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import type { Principal } from "#people/index.ts"
import type { ListedTicket, ListQuery } from "./contract.ts"
import { conditionsOf } from "./filters.ts"
import { afterCursor, type Order, orderBy, orderOf } from "./order.ts"
import { scopeBranches } from "./scope.ts"
import { type ListedRow, toListed, viewColumns, viewJoins } from "./view.ts"

type SortedRow = ListedRow & { sortKeys: CursorValue[] }

/** One page of the tickets that `who` may see. The total travels in the cursor: it is counted once, with the first page. */
export async function listTickets(db: Database, who: Principal, query: ListQuery): Promise<Page<ListedTicket>> {
  const order = orderOf(query.sort)
  const cursor = readCursor(query.cursor, order.keys.length + 1)
  const rows = await db.run<SortedRow>(pageStatement(who, query, order, cursor?.slice(1) ?? null))
  const counted = cursor ? Number(cursor[0]) : await countTickets(db, who, query, countedUpTo + 1)
  return pageOf(
    rows,
    query.limit,
    counted,
    ({ sortKeys: _keys, ...row }) => toListed(who, row),
    (row) => [counted, ...row.sortKeys],
  )
}

export function pageStatement(who: Principal, query: ListQuery, order: Order, after: CursorValue[] | null): Statement {
  return statement("", (p) => {
    const conditions = [...conditionsOf(p, who, query), ...(after ? [afterCursor(p, order, after)] : [])]
    const keys = order.keys.map((key) => `(${key.sql})::text`).join(", ")
    return `with page as (${branches(p, who, conditions, order, query.limit + 1)})
      select ${viewColumns}, left(l.content, 200) as "previewText", l.direction as "previewDirection",
        exists (select from drafts where user_id = ${p(who.id)} and ticket_id = t.id) as draft, array[${keys}] as "sortKeys"
      from page join tickets t on t.id = page.id ${viewJoins()}
      left join messages l on l.id = t.last_message_id
      order by ${orderBy(order)}`
  })
}

/**
 * Somebody who sees the tickets of three teams and their own has one ordered walk per reason to see one, each with its
 * own index, merged at the end. One condition with "or" would have to look at everybody's tickets.
 */
function branches(p: Param, who: Principal, conditions: string[], order: Order, limit: number): string {
  const scopes = scopeBranches(p, who)
  if (scopes.length === 0) return "select null::text as id where false"
  const keys = order.keys.map((key, i) => `${key.sql} as k${i}`).join(", ")
  const walks = scopes.map((scope) => {
    const where = [scope, ...conditions].filter((c) => c !== "true").join(" and ") || "true"
    return `(select t.id, ${keys} from tickets t where ${where} order by ${orderBy(order)} limit ${p(limit)})`
  })
  if (walks.length === 1) return walks[0]!
  return `select id from (${walks.join(" union ")}) seen order by ${orderBy(order, (_sql, i) => `k${i}`)} limit ${p(limit)}`
}

/** How many there are, counting no further than `upTo`. */
export async function countTickets(db: Database, who: Principal, query: ListQuery, upTo: number): Promise<number> {
  const counting = statement("", (p) => {
    const scopes = scopeBranches(p, who)
    const scope = scopes.length === 0 ? "false" : `(${scopes.join(" or ")})`
    const where = [scope, ...conditionsOf(p, who, query)].join(" and ")
    return `select count(*) as n from (select from tickets t where ${where} limit ${p(upTo)}) counted`
  })
  const rows = await db.run<{ n: number }>(counting)
  return rows[0]?.n ?? 0
}
