// Lists by name, as people sort: without regard to case, and by id where names are the same.
import { sql } from "kysely"
import { type Page, readCursor, toPage } from "./pagination.ts"

const name = (table: string) => sql.ref(`${table}.name`)
const id = (table: string) => sql.ref(`${table}.id`)

export const byName = (table: string) => sql`lower(${name(table)}), ${id(table)}`

/** What comes after the cursor's row; everything without one. */
export function afterName(table: string, cursor: string | undefined) {
  const after = readCursor(cursor, 2)
  if (after === null) return sql<boolean>`true`
  return sql<boolean>`(lower(${name(table)}), ${id(table)}) > (lower(${after[0]}::text), ${after[1]}::text)`
}

export function toNamePage<Row extends { id: string; name: string }, T>(
  rows: Row[],
  limit: number,
  counted: number,
  shape: (row: Row) => T,
): Page<T> {
  return toPage(rows, limit, counted, shape, (row) => [row.name, row.id])
}
