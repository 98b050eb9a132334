// A command's way to the database: the one that is set, the embedded one that runs, or the embedded one for a moment.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { type Config, loadConfig, parseConfig } from "#kernel/config.ts"
import { type Database, openDatabase, type PoolOptions } from "#kernel/db.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { readKeptSecret } from "#kernel/read-or-replace-secret-file.ts"
import { runningDatabaseUrl, startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { checkDatabaseUrl } from "#kernel/database/refuse-unusable-database.ts"
import { createSecrets, type Secrets } from "#kernel/secrets.ts"
import { checkSecret, refuseOtherSecret } from "#settings/index.ts"

/** Runs `work` with the database in use, migrated, and closes what it opened. */
export async function withDatabase<T>(
  work: (db: Database, secrets: Secrets) => Promise<T>,
  options: PoolOptions = {},
): Promise<T> {
  const config = loadConfig(process.env)
  return withUrl(config, async (url, isOurs) => {
    return withPool(url, { max: 4, ...options }, async (db) => {
      const secrets = createSecrets(config.secret)
      await refuseOtherSecret(db, secrets)
      if (isOurs) await migrate(url)
      await checkSecret(db, secrets)
      return work(db, secrets)
    })
  })
}

/** The same, but nothing is made or changed on the way: no folder, no secret, no migration. */
export async function withDatabaseAsItIs<T>(
  work: (db: Database, secrets: Secrets | null, config: ReturnType<typeof parseConfig>) => Promise<T>,
  options: PoolOptions = {},
): Promise<T> {
  const config = parseConfig(process.env)
  const secret = config.secret ?? readKeptSecret(config.dataFolder)
  refuseMissingDatabase(config)
  return withUrl(config, (url) =>
    withPool(url, { max: 4, ...options }, (db) =>
      work(db, secret === undefined ? null : createSecrets(secret), config),
    ),
  )
}

/** Throws where the embedded database is to be used and was never made. */
export function refuseMissingDatabase({ databaseUrl, dataFolder }: Config): void {
  if (databaseUrl === undefined && !existsSync(join(dataFolder, "postgres")))
    throw new Error(`There is no database in ${dataFolder}.`)
}

/** Runs `work` with the URL of the database in use; the embedded one is made where it is missing. */
export async function withUrl<T>(config: Config, work: (url: string, isOurs: boolean) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) await checkDatabaseUrl(config.databaseUrl)
  const running = config.databaseUrl ?? runningDatabaseUrl(config.dataFolder)
  if (running !== undefined) return work(running, false)
  const embedded = await startEmbeddedPostgres(config.dataFolder)
  try {
    return await work(embedded.url, true)
  } finally {
    await embedded.stop()
  }
}

export async function withPool<T>(url: string, options: PoolOptions, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, options)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
