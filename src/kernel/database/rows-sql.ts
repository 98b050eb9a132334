import type { Param } from "../db.ts"

type Column = { name: string; field: string; type: string }

const parsedColumns = new Map<string, Column[]>()

/** For the name of a statement that reads these rows by `rowsSql`: one row and several make two texts. */
export const countWord = (rows: readonly unknown[]): "one" | "many" => (rows.length === 1 ? "one" : "many")

/**
 * Rows of the caller's as a source `r` in a larger statement; `columns` says "name type, …". A single row is parameters of its
 * own: PostgreSQL knows then that it plans for one, and has no JSON to parse. Several are one JSON value.
 */
export function rowsSql(p: Param, rows: readonly object[], columns: string): string {
  if (rows.length !== 1) return `json_to_recordset(${p(JSON.stringify(rows))}::json) as r (${columns})`
  const row = rows[0] as Record<string, unknown>
  const values = columnsOf(columns).map(
    ({ name, field, type }) => `${p(valueOf(row[field], type))}::${type} as ${name}`,
  )
  return `(select ${values.join(", ")}) r`
}

function columnsOf(columns: string): Column[] {
  const known = parsedColumns.get(columns)
  if (known) return known
  const parsed = columns.split(",").map((column) => {
    const [name = "", type = ""] = column.trim().split(" ")
    return { name, field: name.replaceAll('"', ""), type }
  })
  parsedColumns.set(columns, parsed)
  return parsed
}

const valueOf = (value: unknown, type: string) =>
  value === undefined || value === null ? null : type === "jsonb" ? JSON.stringify(value) : value
