// A desk as version 21 left it, with rows in every table, put into a database of any version up to that: what a table or a
// column of that version did not know yet is left out. Times move so that the desk was left just now.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import type { Client } from "pg"

/** The migration after which the desk was left. */
export const versionOfDesk = 21

type Row = Record<string, unknown>
type Desk = { at: string; sequences: Record<string, number>; tables: Record<string, Row[]> }

const desk = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, "desk-0021.json.gz"))).toString()) as Desk

/** Replaces what is in the tables. The connection must be a superuser's: rows come in without asking triggers. */
export async function populate(client: Client): Promise<void> {
  await client.query("begin; set local session_replication_role = replica")
  const tables = await tablesOf(client)
  const isKnown = rowsKnownTo(new Set(tables), await readersOf(client, tables))
  await client.query(`truncate ${tables.join(", ")}`)
  for (const name of tables)
    await fill(
      client,
      name,
      (desk.tables[name] ?? []).filter((row) => isKnown(name, row)),
    )
  // Days do not move by hours as instants do.
  if (tables.includes("messages") && (await columnsOf(client, "messages")).some(({ name }) => name === "ticket_day"))
    await client.query(
      "update messages m set ticket_day = (t.created_at at time zone 'UTC')::date from tickets t where t.id = m.ticket_id",
    )
  for (const [name, value] of Object.entries(desk.sequences)) {
    await client.query("select setval(to_regclass($1), $2)", [name, value])
  }
  await client.query("commit")
}

/** What a version cannot have had: tickets before there were messages, incidents, readers that came later. */
function rowsKnownTo(tables: Set<string>, readers: Set<unknown>): (table: string, row: Row) => boolean {
  const isTicketKnown = ({ kind }: Row) => tables.has("messages") && (kind !== "incident" || tables.has("incidents"))
  const unknown = new Set(desk.tables["tickets"]!.filter((row) => !isTicketKnown(row)).map(({ id }) => id))
  return (table, row) => {
    if (table === "event_readers") return readers.has(row["name"])
    return !unknown.has(table === "tickets" ? row["id"] : row["ticket_id"])
  }
}

// Each is made by the migration that needs it.
async function readersOf(client: Client, tables: string[]): Promise<Set<unknown>> {
  const { rows } = tables.includes("event_readers")
    ? await client.query("select name from event_readers")
    : { rows: [] }
  return new Set(rows.map(({ name }) => name as unknown))
}

/** The tables that hold a desk, in the database's own version. */
export async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations' order by relname`)
  return rows.map(({ name }) => name)
}

type Column = { name: string; type: string; generated: boolean; identity: boolean }

async function fill(client: Client, table: string, rows: Row[]) {
  const known = new Set(rows.flatMap((row) => Object.keys(row)))
  const all = await columnsOf(client, table)
  const columns = all.filter(({ name, generated, type }) => !generated && (known.has(name) || type === "xid8"))
  if (rows.length === 0 || columns.length === 0) return
  const values = columns.map(({ name, type }) => valueOf(name, type))
  await client.query(
    `insert into ${table} (${columns.map(({ name }) => name).join(", ")}) overriding system value
     select ${values.join(", ")} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
  const numbered = all.find(({ identity }) => identity)?.name
  if (numbered)
    await client.query(`select setval(pg_get_serial_sequence($1, $2), max(${numbered})) from ${table}`, [
      table,
      numbered,
    ])
}

// Transaction ids mean nothing in another cluster: all that the desk did becomes one transaction of this one.
function valueOf(name: string, type: string): string {
  if (type === "xid8") return "pg_current_xact_id()"
  if (type === "timestamptz") return `${name} + (now() - '${desk.at}'::timestamptz)`
  // Of `rate_limits`, in milliseconds since 1970.
  if (name === "expire") return `expire + (extract(epoch from now() - '${desk.at}'::timestamptz) * 1000)::bigint`
  return name
}

async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as name, typname as type, attgenerated <> '' as generated, attidentity <> '' as identity
     from pg_attribute join pg_type t on t.oid = atttypid
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  return rows
}
