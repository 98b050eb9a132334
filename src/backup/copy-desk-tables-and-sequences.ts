// Which tables make a desk, and their rows as COPY writes and reads them.
import type { Readable } from "node:stream"
import type { Client } from "pg"
import { copyFromStdin, copyToStdout } from "#kernel/database/copy-stream.ts"
import { nameOfObject, schemaOfMigrations } from "#kernel/database/schema-objects.ts"
import { queueSchema, queueTables } from "#kernel/jobs/queue-schema.ts"

type Session = Pick<Client, "query">
/** Names as SQL writes them, with the schema's; columns without those that are computed. */
export type DeskTable = { name: string; columns: string[]; isPartitioned: boolean }

/** A session of any database writes and reads the same text, and is ended by no bound of its own. */
export const sessionSettings = `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '20s';
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set timezone = 'UTC'`

/** Hilo's own, and of the job queue those with what must not be lost. */
export async function deskTables(client: Session): Promise<DeskTable[]> {
  const { rows } = await client.query<DeskTable>(
    `select format('%I.%I', nspname, relname) as name, relkind = 'p' as "isPartitioned",
      array(select quote_ident(attname) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where not relispartition and (nspname = 'public' and relkind = 'r' or nspname = $1 and relname::text = any($2::text[]))
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by nspname, array_position($2::text[], relname::text), relname`,
    [queueSchema, queueTables],
  )
  return rows
}

/** Those that migrations make, and of these the columns that they make; `foreign`: what somebody else added. */
export function splitForeign(tables: DeskTable[]): { own: DeskTable[]; foreign: string[] } {
  const made = new Set(schemaOfMigrations().map(nameOfObject))
  const foreign: string[] = []
  const own = tables.flatMap((table) => {
    const [, name] = /^public\.(.*)$/.exec(table.name) ?? []
    // The job queue is the library's.
    if (name === undefined) return [table]
    if (!made.has(`table ${name}`)) {
      foreign.push(name)
      return []
    }
    const isMade = (column: string) => made.has(`column ${name}.${column}`)
    foreign.push(...table.columns.filter((column) => !isMade(column)).map((column) => `${name}.${column}`))
    return [{ ...table, columns: table.columns.filter(isMade) }]
  })
  return { own, foreign }
}

export function rowsOf(client: Client, { name, columns, isPartitioned }: DeskTable): Readable {
  const list = columns.join(", ")
  return copyToStdout(client, `copy ${isPartitioned ? `(select ${list} from ${name})` : `${name} (${list})`} to stdout`)
}

/** Into an empty table. `isNew`: made or emptied in this transaction, so that its rows need no vacuum later. */
export function insertRows(
  client: Client,
  { name, columns, isNew }: { name: string; columns: string[]; isNew: boolean },
  rows: AsyncIterable<Buffer>,
): Promise<void> {
  return copyFromStdin(client, `copy ${name} (${columns.join(", ")}) from stdin${isNew ? " (freeze)" : ""}`, rows)
}

/** The last number that each sequence gave; those that gave none are left out. */
export async function sequenceValues(client: Session): Promise<{ name: string; value: number }[]> {
  const { rows } = await client.query<{ name: string; value: number }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::float8 as value from pg_sequences
     where schemaname = 'public' and last_value is not null order by 1`,
  )
  return rows
}

/** Those that are there: an operator's own are not. */
export async function setSequences(client: Session, values: { name: string; value: number }[]): Promise<void> {
  for (const { name, value } of values) await client.query("select setval(to_regclass($1), $2)", [name, value])
}
