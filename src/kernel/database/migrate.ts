// Brings a database to the schema of this code: numbered SQL files, forward only, each in its own transaction.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Client } from "pg"
import { schemaOfMigrations } from "./schema-objects.ts"

export type AppliedMigration = { name: string; checksum: string }
type Migration = AppliedMigration & { sql: string }
type Session = Pick<Client, "query">

const released = join(import.meta.dirname, "../../../db/migrations")
const migrationLock = 4_410_002
const patience = 30
const migrationsTable =
  "create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())"

/** The names applied now. Of several servers starting together one works and the others wait, then find nothing to do. */
export async function migrate(url: string, folder = released): Promise<string[]> {
  const files = migrationsIn(folder)
  const client = new Client({ connectionString: url, application_name: "hilo migrate" })
  await client.connect()
  try {
    await client.query("set statement_timeout = 0; set lock_timeout = 0")
    await client.query("select pg_advisory_lock($1)", [migrationLock])
    await client.query(migrationsTable)
    const waiting = unapplied(files, await appliedIn(client))
    for (const file of waiting) await apply(client, file)
    return waiting.map((file) => file.name)
  } finally {
    await client.end()
  }
}

/** Applies what was not applied yet, or of that only what is `wanted`, in the transaction that is open. */
export async function migrateWithin(client: Session, wanted?: AppliedMigration[]): Promise<void> {
  await client.query(migrationsTable)
  const waiting = unapplied(migrationsIn(released), await appliedIn(client))
  for (const file of waiting)
    if (wanted === undefined || wanted.some(({ name }) => name === file.name)) await applyWithin(client, file)
}

/** Keeps others from migrating until the session ends; false when one is at it right now. */
export async function holdMigrations(client: Session): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [migrationLock])
  return rows[0]!.held
}

/** Throws unless this code knows all of these; `where` they come from is said. */
export function refuseUnknownMigrations(applied: AppliedMigration[], where: string): void {
  unapplied(migrationsIn(released), applied, where)
}

/**
 * Which of these tables were made by no migration that this code knows: all of them where Hilo never migrated – others call a table
 * `schema_migrations` too – and none where a newer version did, for nobody here knows what it made.
 */
export async function foreignTables(client: Session, tables: string[]): Promise<string[]> {
  const { rows } = await client.query(
    `select from pg_attribute where attrelid = to_regclass('public.schema_migrations') and attname in ('name', 'checksum')`,
  )
  if (rows.length < 2) return tables
  const others = tables.filter((name) => name !== "schema_migrations")
  const files = migrationsIn(released)
  const known = (await appliedIn(client)).map(({ name }) => files.some((file) => file.name === name))
  if (!known.includes(true)) return others
  if (known.includes(false)) return []
  // Until all migrations are applied, tables still have the names under which they were created.
  const isCurrent = known.length === files.length
  const created = isCurrent ? [] : files.flatMap(({ sql }) => sql.match(/(?<=create table )\w+/g) ?? [])
  const made = schemaOfMigrations().flatMap(({ kind, name }) => (kind === "table" ? [name] : []))
  return others.filter((name) => !made.includes(name) && !created.includes(name))
}

/** What `migrate` would apply; empty means that code and database agree. Throws where `migrate` would refuse. */
export async function pendingMigrations(client: Session, folder = released): Promise<string[]> {
  return unapplied(migrationsIn(folder), await appliedIn(client)).map((file) => file.name)
}

/** In words, what keeps database and code from agreeing; nothing when they do. */
export async function migrationProblems(client: Session): Promise<string[]> {
  try {
    return (await pendingMigrations(client)).map((name) => `${name} was not applied`)
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    if (code === "42P01") return ["the database was never set up"]
    if (code !== undefined) throw error
    return [message]
  }
}

function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted()
  names.forEach((name, index) => {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name)) throw new Error(`Migration ${name} is not named like 0001_words.sql.`)
    if (names[index - 1]?.slice(0, 4) === name.slice(0, 4))
      throw new Error(`Two migrations have the number ${name.slice(0, 4)}.`)
  })
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n")
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") }
  })
}

/** In the order of their names. */
export async function appliedIn(client: Session): Promise<AppliedMigration[]> {
  return (await client.query<AppliedMigration>("select name, checksum from schema_migrations order by name")).rows
}

function unapplied(files: Migration[], applied: AppliedMigration[], where = "database"): Migration[] {
  const known = new Map(files.map((file) => [file.name, file.checksum]))
  for (const { name, checksum } of applied) {
    if (!known.has(name))
      throw new Error(`The ${where} is newer than this Hilo: it has ${name}. Run the newer version.`)
    if (known.get(name) !== checksum)
      throw new Error(`Migration ${name} was changed after it was applied to this ${where}.`)
  }
  const done = new Set(applied.map(({ name }) => name))
  return files.filter(({ name }) => !done.has(name))
}

// A server of the version before may be at work: rather than queue behind its locks, and everybody behind us, try again.
async function apply(client: Session, file: Migration): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query("begin; set local lock_timeout = '2s'")
      await applyWithin(client, file)
      await client.query("commit")
      return
    } catch (error) {
      await client.query("rollback").catch(() => {})
      const { code, message } = error as Error & { code?: string }
      if (code !== "55P03" || tries === patience)
        throw new Error(`Migration ${file.name} failed: ${message}`, { cause: error })
      await wait(500)
    }
  }
}

async function applyWithin(client: Session, { name, checksum, sql }: Migration): Promise<void> {
  await client.query(sql)
  await client.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum])
}
