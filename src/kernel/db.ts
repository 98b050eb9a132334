import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect } from "kysely"
import pg from "pg"
import type { DB } from "#db/types.ts"
import { createWakes, type Wakes } from "./database/wake.ts"

// bigint and numeric arrive as text otherwise; ids of the log stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** A statement with its values; `name` makes the server plan it once per connection. */
export type Statement = { name: string; text: string; values: unknown[] }

/** A pool of connections to one database, with the typed builder on top. */
export type Database = {
  kysely: Kysely<DB>
  pool: pg.Pool
  url: string
  /** Runs one prepared statement outside any transaction: one round trip. */
  run: <Row>(statement: Statement) => Promise<Row[]>
  wakes: Wakes
  close: () => Promise<void>
}

export const wakeChannel = "hilo_wake"
export const broadcastChannel = "hilo_broadcast"

// Bounds for every session, so that one stuck statement never holds the rest (milliseconds).
const bounds = { statement_timeout: 5_000, lock_timeout: 2_000, idle_in_transaction_session_timeout: 10_000 }

/**
 * `waitMs`: how long one waits for a free connection; 0 is for ever. `silentMs`: how long a connection may say nothing after the
 * time of a statement is over. `work_mem`: memory of a sort or a hash (kB).
 */
export type PoolOptions = {
  max?: number
  waitMs?: number
  silentMs?: number
  bounds?: Partial<typeof bounds> & { work_mem?: number }
  name?: string
}

export function openDatabase(url: string, options: PoolOptions = {}): Database {
  const bounded = { ...bounds, ...options.bounds }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    connectionTimeoutMillis: options.waitMs ?? 4_000,
    // The bounds are kept by the database, whose word may not reach us: a network that drops what is sent says nothing for 15 minutes.
    query_timeout: bounded.statement_timeout + (options.silentMs ?? 60_000),
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    pipeline: true,
    application_name: options.name ?? "hilo",
    options: sessionOptions(bounded),
  })
  // A connection that dies while idle is replaced by the pool; the next query sees the error that matters.
  pool.on("error", () => {})
  // One that dies between two statements of a transaction emits an error of its own, which would end the process without a listener.
  pool.on("connect", (client) => client.on("error", () => {}))
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  // A lost NOTIFY costs nothing but a little time, see wake.ts.
  const wakes = createWakes((payload) =>
    pool.query({ name: "wake", text: `select pg_notify('${wakeChannel}', $1)`, values: [payload] }),
  )
  return {
    kysely,
    pool,
    url,
    wakes,
    run: async <Row>(statement: Statement) => (await pool.query(statement)).rows as Row[],
    close: async () => {
      await wakes.settle()
      await kysely.destroy()
      // Kysely ends the pool only if it was ever asked for anything.
      if (!pool.ending) await pool.end()
    },
  }
}

const sessionOptions = (settings: Record<string, number>) =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ")

/** Runs a prepared statement's text inside an open transaction. */
export async function runIn<Row>(tx: Kysely<DB>, statement: Statement): Promise<Row[]> {
  const result = await tx.executeQuery<Row>(CompiledQuery.raw(statement.text, statement.values))
  return result.rows
}

/** Gives `$1, $2 …` for values while a statement's text is being written. */
export type Param = (value: unknown) => string

/** Writes a statement whose text depends only on its shape, never on its values. */
export function statement(name: string, write: (param: Param) => string): Statement {
  const values: unknown[] = []
  const text = write((value) => `$${values.push(value)}`)
  return { name, text, values }
}

/** About how many rows there are `from …`, by the statistics of the database alone: no row is read. */
export async function estimatedRows(db: Database, from: (p: Param) => string): Promise<number> {
  const asked = statement("", (p) => `explain (format json) select from ${from(p)}`)
  const [row] = await db.run<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(asked)
  return row!["QUERY PLAN"][0].Plan["Plan Rows"]
}
