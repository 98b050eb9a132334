// What saved replies and macros have in common in the database: an owner, who may see them, and an order by name.
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { countCap, type Page, toPage, readCursor } from "#kernel/http/pagination.ts"
import { can, type Principal, type SharingFields, sharedWith } from "#people/index.ts"

export type SharedItem = SharingFields & {
  id: string
  name: string
  ownerName: string
  createdAt: Date
  updatedAt: Date
}

type SharedItemTable = { table: RawBuilder<unknown>; own: RawBuilder<unknown>; word: string }

type PageQuery = { limit: number; cursor?: string | undefined }

/** What is done alike with the rows of such a table: those that `who` may see are listed by name, found and locked. */
export const sharedItemStore = <R extends SharedItem, T>(
  items: SharedItemTable,
  shape: (who: Principal, row: R) => T,
) => ({
  list: (from: Kysely<DB>, who: Principal, query: PageQuery) =>
    listSharedItems(from, items, { who, query, shape: (row: R) => shape(who, row) }),
  find: (from: Kysely<DB>, who: Principal, id: string) => findSharedItem<R>(from, items, { who, id }),
  /** What is changed or removed is what was judged. */
  lock: (act: Act, who: Principal, id: string) =>
    findSharedItem<R>(act.tx, items, { who, id, lock: sql`for update of x` }),
})

const columns = ({
  own,
}: SharedItemTable) => sql`x.id, x.name, x.visibility, x.owner_id, u.name as owner_name, x.team_id,
  x.created_at, x.updated_at, ${own}`
const rowsOf = (
  sharedItems: SharedItemTable,
  who: Principal,
) => sql`${sharedItems.table} x join users u on u.id = x.owner_id
  where ${sharedWith(who, "x")}`

async function listSharedItems<R extends SharedItem, T>(
  from: Kysely<DB>,
  sharedItems: SharedItemTable,
  { who, query, shape }: { who: Principal; query: PageQuery; shape: (row: R) => T },
): Promise<Page<T>> {
  const after = readCursor(query.cursor, 2)
  const further = after === null ? sql`true` : sql`(lower(x.name), x.id) > (${after[0]}::text, ${after[1]}::text)`
  const { rows } = await sql<R & { sortName: string }>`
    select ${columns(sharedItems)}, lower(x.name) as sort_name from ${rowsOf(sharedItems, who)} and ${further}
    order by lower(x.name), x.id limit ${query.limit + 1}`.execute(from)
  const counted = await sql<{ n: number }>`
    select least(count(*), ${countCap + 1}) as n from ${rowsOf(sharedItems, who)}`.execute(from)
  return toPage(rows, query.limit, counted.rows[0]!.n, shape, (row) => [row.sortName, row.id])
}

type ItemRequest = { who: Principal; id: string; lock?: RawBuilder<unknown> }

async function findSharedItem<R extends SharedItem>(
  from: Kysely<DB>,
  sharedItems: SharedItemTable,
  { who, id, lock = sql`` }: ItemRequest,
): Promise<R> {
  const { rows } = await sql<R>`
    select ${columns(sharedItems)} from ${rowsOf(sharedItems, who)} and x.id = ${id} ${lock}`.execute(from)
  if (!rows[0]) throw notFound(sharedItems.word)
  return rows[0]
}

export function ownedByPrincipal(who: Principal, row: SharedItem) {
  const { id, name, visibility, ownerId, ownerName, teamId, createdAt, updatedAt } = row
  const may: ("edit" | "delete")[] = can.manageView(who, row) ? ["edit", "delete"] : []
  return { id, name, visibility, owner: { id: ownerId, name: ownerName }, teamId, can: may, createdAt, updatedAt }
}
