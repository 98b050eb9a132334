// One page of a list: the rows that come after its cursor, and how many there are.
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { countCap, type CursorValue, type Page, readCursor, toPage } from "./pagination.ts"

/** Finds all rows of a list, in no order. */
type ListQuery<Row> = { execute: () => Promise<Row[]> }

/** Of a column; `name` is a text that is sorted as people do, without regard to case. */
type SortType = "text" | "int" | "bigint" | "boolean" | "timestamptz" | "name"

type PageRequest<Row, T> = {
  query: { limit: number; cursor?: string | undefined }
  /** Columns that are unique together, the first first. */
  by: Partial<Record<keyof Row, SortType>>
  order?: "asc" | "desc"
  shape: (row: Row) => T
}

export const byId = { id: "text" } as const
/** By id where names are the same. */
export const byName = { name: "name", id: "text" } as const

/** Refuses (400) a cursor that is no list's. */
export async function readListPage<Row extends object, T>(
  from: Kysely<DB>,
  found: ListQuery<Row>,
  { query, by, order = "asc", shape }: PageRequest<Row, T>,
): Promise<Page<T>> {
  const columns = Object.entries(by) as [keyof Row & string, SortType][]
  const after = readCursor(query.cursor, columns.length)
  const keys = columns.map(([column, type]) => sortKey(type, sql.ref(`found.${column}`)))
  const last = columns.map(([, type], n) =>
    sortKey(type, sql`${after?.[n]}::${sql.raw(type === "name" ? "text" : type)}`),
  )
  const than = sql.raw(order === "asc" ? ">" : "<")
  const isFurther = after ? sql`(${sql.join(keys)}) ${than} (${sql.join(last)})` : sql`true`
  const inOrder = sql.join(keys.map((key) => sql`${key} ${sql.raw(order)}`))
  const { rows } = await sql<Row>`
    select found.* from ${found} as found where ${isFurther} order by ${inOrder} limit ${query.limit + 1}`.execute(from)
  const keyOf = (row: Row) => columns.map(([column]) => cursorValue(row[column]))
  return toPage(rows, query.limit, await countRows(from, found), shape, keyOf)
}

const sortKey = (type: SortType, value: RawBuilder<unknown>) => (type === "name" ? sql`lower(${value})` : value)

function cursorValue(value: unknown): CursorValue {
  if (value instanceof Date) return value.toISOString()
  return typeof value === "boolean" ? String(value) : (value as CursorValue)
}

/** Counted as far as a list's total says. */
async function countRows(from: Kysely<DB>, found: ListQuery<object>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select from ${found} as found limit ${countCap + 1}) as counted`.execute(from)
  return rows[0]!.n
}
