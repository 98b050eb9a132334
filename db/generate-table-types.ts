// Writes the tables as TypeScript for Kysely. Rows arrive in camelCase, so the names here are camelCase too.
import type { Client } from "pg"

type Column = {
  table: string
  name: string
  type: string
  nullable: boolean
  kind: "plain" | "default" | "always"
  check: string | null
}

const columns = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
    case when a.attidentity = 'a' or a.attgenerated <> '' then 'always'
         when a.atthasdef or a.attidentity = 'd' then 'default' else 'plain' end as kind,
    (select pg_get_constraintdef(con.oid) from pg_constraint con
     where con.conrelid = c.oid and con.contype = 'c' and con.conkey = array[a.attnum]
       and pg_get_constraintdef(con.oid) like '%= ANY (ARRAY[%' limit 1) as check
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`

const head = `// Written by bin/schema.ts from the migrated database; never edited by hand.
import type { ColumnType, GeneratedAlways } from "kysely"

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type Json = ColumnType<JsonValue, object | string | number | boolean, object | string | number | boolean>
export type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Kysely's own does not look into Json and Timestamp. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
`

export async function tableTypes(client: Client): Promise<string> {
  const { rows } = await client.query<Column>(columns)
  const tables = Map.groupBy(rows, (row) => row.table)
  const interfaces = [...tables].map(([table, its]) => {
    const lines = its.map((column) => `  ${camel(column.name)}: ${typeOf(column)}`)
    return `export interface ${pascal(table)} {\n${lines.join("\n")}\n}\n`
  })
  const names = [...tables.keys()].map((table) => `  ${camel(table)}: ${pascal(table)}`)
  return [head, ...interfaces, `export interface DB {\n${names.join("\n")}\n}\n`].join("\n")
}

function typeOf(column: Column): string {
  const bare = chosenWords(column) ?? plainType(column.type)
  const type = column.nullable ? `${bare} | null` : bare
  if (column.kind === "always") return `GeneratedAlways<${type}>`
  return column.kind === "default" ? `Generated<${type}>` : type
}

function chosenWords({ name, check }: Column): string | undefined {
  const list = check?.match(/^CHECK \(\(\(?(\w+)\)?(?:::text)? = ANY \(\(?ARRAY\[(.*?)\]\)?(?:::text\[\])?\)\)\)$/)
  if (list?.[1] !== name) return undefined
  const words = list[2]!.match(/'(?:[^']|'')*'/g) ?? []
  return words.map((word) => `"${word.slice(1, -1)}"`).join(" | ")
}

function plainType(type: string): string {
  if (type.endsWith("[]")) return `${plainType(type.slice(0, -2))}[]`
  if (/^(smallint|integer|bigint|numeric|real|double precision)$/.test(type)) return "number"
  if (type === "boolean") return "boolean"
  if (type.startsWith("json")) return "Json"
  if (/^(timestamp|date)/.test(type)) return "Timestamp"
  return type === "bytea" ? "Buffer" : "string"
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string) => camel(`_${name}`)
