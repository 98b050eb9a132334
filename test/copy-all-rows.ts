// Moves a desk as a dump does: every row of every table, and the numbers that come next.
import type { Client } from "pg"
import { tablesOf } from "./upgrade/populate-old-desk.ts"

/** `to` is migrated; what is in it is replaced. Both are superusers' connections. */
export async function copyDatabase(from: Client, to: Client): Promise<void> {
  await to.query("begin; set local session_replication_role = replica")
  const tables = await tablesOf(from)
  await to.query(`truncate ${tables.join(", ")}`)
  for (const table of tables) {
    const { rows } = await from.query<{ all: string | null; columns: string }>(
      `select (select json_agg(t)::text from ${table} t) as all, (select string_agg(quote_ident(attname), ', ') from pg_attribute
        where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns`,
    )
    const { all, columns } = rows[0]!
    if (all === null) continue
    await to.query(
      `insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [all],
    )
  }
  const { rows } = await from.query<{ name: string; value: number | null }>(
    "select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences where schemaname = 'public'",
  )
  for (const { name, value } of rows) if (value !== null) await to.query("select setval($1, $2)", [name, value])
  await to.query("commit")
}
