import type { Database } from "#kernel/db.ts"

/** Every row of every table, the queue's and the index of search among them, as text. */
export async function allStoredText({ pool }: Pick<Database, "pool">): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(`select t::text as text from ${name} t`)
    for (const { text } of rows) texts.push(text)
  }
  return texts
}
