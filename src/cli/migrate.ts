import { loadConfig } from "#kernel/config.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { runningDatabaseUrl, startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"

/** Brings the database in use up to this version and says what it did. */
export async function run(): Promise<void> {
  const config = loadConfig(process.env)
  const running = config.databaseUrl ?? runningDatabaseUrl(config.dataFolder)
  const embedded = running === undefined ? await startEmbeddedPostgres(config.dataFolder) : null
  try {
    const applied = await migrate(running ?? embedded!.url)
    console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "Nothing to do: the database is up to date.")
  } finally {
    await embedded?.stop()
  }
}
