// A command's way to the database: the one that is set, the embedded one that runs, or the embedded one for a moment.
import { loadConfig } from "#kernel/config.ts"
import { type Database, openDatabase, type PoolOptions } from "#kernel/db.ts"
import { migrate } from "#kernel/migrate.ts"
import { runningUrl, startPostgres } from "#kernel/postgres.ts"
import { createSecrets, type Secrets } from "#kernel/secrets.ts"
import { checkCanary } from "#settings/index.ts"

/** Runs `work` with the database in use, migrated, and closes what it opened. */
export async function withDatabase<T>(work: (db: Database, secrets: Secrets) => Promise<T>, options: PoolOptions = {}): Promise<T> {
  const config = loadConfig(process.env)
  const running = config.databaseUrl ?? runningUrl(config.dataFolder)
  const embedded = running === undefined ? await startPostgres(config.dataFolder) : null
  const url = running ?? embedded!.url
  try {
    if (embedded) await migrate(url)
    const db = openDatabase(url, { max: 4, ...options })
    try {
      const secrets = createSecrets(config.secret)
      await checkCanary(db, secrets)
      return await work(db, secrets)
    } finally {
      await db.close()
    }
  } finally {
    await embedded?.stop()
  }
}
