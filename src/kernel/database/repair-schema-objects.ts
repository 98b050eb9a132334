// Makes objects of the schema again as the migrations make them, while servers run: indexes concurrently, constraints not
// valid first. What the rows refuse stays as it was.
import { setTimeout as wait } from "node:timers/promises"
import { Client } from "pg"
import type { Database } from "../db.ts"
import { convertedSql, readColumn } from "./parse-and-convert-column-definition.ts"
import { nameOfObject } from "./schema-objects.ts"
import type { SchemaDifference } from "./schema-differences.ts"

const triesForLock = 10

/** Each by itself; throws, with what each says, when some could not be made. */
export async function restoreSchema(db: Pick<Database, "url">, differences: SchemaDifference[]): Promise<void> {
  const client = new Client({ connectionString: db.url, application_name: "hilo doctor" })
  await client.connect()
  const failures: string[] = []
  try {
    await client.query("set statement_timeout = 0; set lock_timeout = '60s'; set timezone = 'UTC'")
    for (const difference of differences.toSorted((a, b) => orderOf(a) - orderOf(b))) {
      await restore(client, difference).catch((error: Error) =>
        failures.push(`${nameOfObject(difference.object)}: ${error.message}`),
      )
    }
  } finally {
    await client.end()
  }
  if (failures.length > 0) throw new Error(failures.join("; "))
}

/** What others need comes first: a foreign key the key that it names, a unique one that the primary took the copies away. */
function orderOf({ object: { kind, definition } }: SchemaDifference): number {
  if (kind === "constraint") return definition.startsWith("PRIMARY KEY") ? 2 : isKey(definition) ? 3 : 5
  return { other: 0, sequence: 0, table: 0, function: 0, column: 1, index: 4, trigger: 6 }[kind]
}

const isKey = (definition: string) => /^(PRIMARY KEY|UNIQUE)/.test(definition)

async function restore(client: Client, { object, actual }: SchemaDifference): Promise<void> {
  const { kind, table, name, definition } = object
  switch (kind) {
    case "sequence":
      return change(client, [actual === null ? definition : definition.replace("create", "alter")])
    case "function":
      return change(client, [definition])
    case "trigger":
      return change(client, [`drop trigger if exists ${name} on public.${table}`, definition])
    case "index":
      return restoreIndex(client, name, definition)
    case "column":
      return restoreColumn(client, `public.${table}`, name, { definition, actual })
    case "constraint":
      return isKey(definition)
        ? restoreKey(client, `public.${table}`, name, definition)
        : restoreConstraint(client, `public.${table}`, name, { definition, actual })
    default:
      throw new Error("what it held is gone: it comes back from a back-up alone")
  }
}

/** In one transaction. Rather than queue behind the locks of others, and everybody behind us, it tries again. */
async function change(client: Client, statements: string[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(["begin", "set local lock_timeout = '1s'", ...statements, "commit"].join(";\n"))
      return
    } catch (error) {
      await client.query("rollback")
      if ((error as { code?: string }).code !== "55P03" || tries === triesForLock) throw error
      await wait(200)
    }
  }
}

/** Under another name, so that one of this name serves until the new one is ready. */
async function buildIndex(client: Client, name: string, definition: string): Promise<string> {
  const fresh = `${name.slice(0, 58)}_new`
  await client.query(`drop index concurrently if exists public.${fresh}`)
  try {
    await client.query(definition.replace(/ INDEX \S+ ON /, ` INDEX CONCURRENTLY ${fresh} ON `))
  } catch (error) {
    await client.query(`drop index concurrently if exists public.${fresh}`)
    throw error
  }
  return fresh
}

async function restoreIndex(client: Client, name: string, definition: string): Promise<void> {
  const fresh = await buildIndex(client, name, definition)
  await change(client, [`drop index if exists public.${name}`, `alter index public.${fresh} rename to ${name}`])
}

async function restoreKey(client: Client, table: string, name: string, definition: string): Promise<void> {
  const [, key, columns] = /^(PRIMARY KEY|UNIQUE) (.*)$/.exec(definition)!
  if (key === "PRIMARY KEY") await deleteCopies(client, table, columns!.slice(1, -1))
  const fresh = await buildIndex(client, name, `CREATE UNIQUE INDEX ${name} ON ${table} ${columns}`)
  await change(client, [
    `alter table ${table} drop constraint if exists ${name}`,
    `alter table ${table} add constraint ${name} ${key} using index ${fresh}`,
  ])
}

const howEnabled: Record<string, string> = { O: "enable", A: "enable always", R: "enable replica" }

/**
 * Of rows that are there twice and the same in every column, as after a dump that was read in twice, one stays. The
 * table's own triggers are off meanwhile, and nobody else writes to it: what follows a row's deletion would harm the one that stays.
 */
async function deleteCopies(client: Client, table: string, key: string): Promise<void> {
  // Before the lock, so that nobody waits while the whole table is grouped.
  const repeated = `select ${key} from ${table} group by ${key} having count(*) > 1`
  const { rowCount } = await client.query(`create temp table repeated_keys as ${repeated}`)
  try {
    if (rowCount! > 0) await deleteCopiesOfKeys(client, table, key)
  } finally {
    await client.query("drop table pg_temp.repeated_keys")
  }
}

async function deleteCopiesOfKeys(client: Client, table: string, key: string): Promise<void> {
  const { rows: triggers } = await client.query<{ name: string; state: string }>(
    `select quote_ident(tgname) as name, tgenabled as state from pg_trigger
     where tgrelid = $1::regclass and not tgisinternal and tgenabled <> 'D'`,
    [table],
  )
  await change(client, [
    ...triggers.map(({ name }) => `alter table ${table} disable trigger ${name}`),
    `delete from ${table} where ctid in (
      select ctid from (
        select ctid, row_number() over (partition by ${key}, one::text order by ctid) as place from ${table} one
        where (${key}) in (select ${key} from pg_temp.repeated_keys)) copies
      where place > 1)`,
    ...triggers.map(({ name, state }) => `alter table ${table} ${howEnabled[state]} trigger ${name}`),
  ])
}

type Restored = { definition: string; actual: string | null }

/** Rows that exist are looked at without keeping others from theirs; where some break it, it goes again. */
async function restoreConstraint(client: Client, table: string, name: string, { definition, actual }: Restored) {
  const drop = `alter table ${table} drop constraint if exists ${name}`
  await change(client, [drop, `alter table ${table} add constraint ${name} ${definition} not valid`])
  try {
    await client.query(`alter table ${table} validate constraint ${name}`)
  } catch (error) {
    await change(client, [drop, ...(actual === null ? [] : [`alter table ${table} add constraint ${name} ${actual}`])])
    throw error
  }
}

async function restoreColumn(client: Client, table: string, name: string, { definition, actual }: Restored) {
  const wanted = readColumn(definition)
  if (actual === null && wanted.generated === null)
    throw new Error("what it held is gone: it comes back from a back-up alone")
  if (wanted.generated !== null)
    // It holds nothing of its own. Its indexes go with it, and are looked after next; a view that somebody made over it keeps it.
    return change(client, [
      `alter table ${table} drop column if exists ${name}`,
      `alter table ${table} add column ${name} ${definition}`,
    ])
  const now = readColumn(actual!)
  const column = `alter table ${table} alter column ${name}`
  const steps = [
    ...(now.generated === null ? [] : [`${column} drop expression`]),
    ...(now.identity !== null && wanted.identity === null ? [`${column} drop identity`] : []),
    // PostgreSQL refuses it for an identity also where there is none.
    ...(now.default === null ? [] : [`${column} drop default`]),
    ...(now.type === wanted.type ? [] : [`${column} type ${wanted.type} using ${convertedSql(name, wanted.type)}`]),
    ...(wanted.default === null ? [] : [`${column} set default ${wanted.default}`]),
    ...(wanted.isNotNull || !now.isNotNull ? [] : [`${column} drop not null`]),
    ...(now.identity !== null && wanted.identity !== null
      ? [`${column} set ${wanted.identity.replace(/ as identity$/, "")}`]
      : []),
  ]
  if (steps.length > 0) await change(client, steps)
  if (wanted.isNotNull && !now.isNotNull) await restoreNotNull(client, table, name)
  if (wanted.identity !== null && now.identity === null) await restoreIdentity(client, table, name, wanted.identity)
}

/** A constraint that was validated spares the column its own look at every row under a lock that nobody passes. */
async function restoreNotNull(client: Client, table: string, name: string): Promise<void> {
  const check = `${name.replaceAll('"', "")}_is_there`
  const wanted = { definition: `CHECK (${name} IS NOT NULL)`, actual: null }
  await restoreConstraint(client, table, check, wanted).catch((error: Error & { code?: string }) => {
    throw error.code === "23514"
      ? new Error("rows have no value there: say what they hold first", { cause: error })
      : error
  })
  await change(client, [
    `alter table ${table} alter column ${name} set not null`,
    `alter table ${table} drop constraint ${check}`,
  ])
}

/** It goes on after the highest. */
async function restoreIdentity(client: Client, table: string, name: string, identity: string): Promise<void> {
  await change(client, [
    `lock table ${table} in share row exclusive mode`,
    `alter table ${table} alter column ${name} add ${identity}`,
    `select setval(pg_get_serial_sequence('${table}', '${name.replaceAll('"', "")}'), (select coalesce(max(${name}), 0) + 1 from ${table}), false)`,
  ])
}
