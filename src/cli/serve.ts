import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { loadConfig } from "#kernel/config.ts"
import { openDatabase } from "#kernel/db.ts"
import { createLog, type Log } from "#kernel/log.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { holdPort } from "#kernel/http/hold-port.ts"
import { timezone } from "#kernel/http/input-fields.ts"
import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { checkDatabaseUrl } from "#kernel/database/refuse-unusable-database.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { onStopSignal } from "#kernel/stop-signal.ts"
import { buildStamp, isWebOutdated } from "#kernel/http/web-sources.ts"
import { ensureAdmin, setupLink } from "#people/index.ts"
import { checkSecret, refuseOtherSecret } from "#settings/index.ts"

const drainWithinMs = 9_000
const leaveWithinMs = 500

/** Sets up what is missing, serves until it is asked to stop, drains and leaves. */
export async function run(): Promise<void> {
  const config = loadConfig(process.env)
  const log = createLog(config.logLevel)
  const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()))
  const held = await holdPort(config)
  if (config.role !== "worker") buildWeb()
  const embedded = config.databaseUrl
    ? null
    : await startEmbeddedPostgres(config.dataFolder, { log: (text) => log.warn(text) })
  if (config.databaseUrl) await checkDatabaseUrl(config.databaseUrl)
  const url = config.databaseUrl ?? embedded!.url
  const db = openDatabase(url)
  try {
    const secrets = createSecrets(config.secret)
    await refuseOtherSecret(db, secrets)
    const applied = await migrate(url)
    if (applied.length > 0) log.info({ applied }, "migrated")
    await checkSecret(db, secrets)
    if (config.firstAdmin) await ensureAdmin(db, { ...config.firstAdmin, timezone: serverTimezone() })
    // Most of Hilo is loaded here: a start that cannot go on says so before.
    const { createApp } = await import("#app.ts")
    const app = await createApp({ config, db, log })
    await held.release()
    await app.start()
    const link = await setupLink(db, config.publicUrl).catch((error: unknown) => {
      // A database that goes away now is no other than one that goes away later.
      log.error({ err: error }, "no set-up link could be made: start again")
      return null
    })
    await greet(config.publicUrl, link)
    await stopped
    log.info("draining")
    const drained = async () => {
      await app.stop()
      await db.close()
    }
    await within(drainWithinMs, drained(), log)
  } finally {
    await embedded?.stop()
  }
  // Whatever did not end in time must not keep the process.
  setTimeout(() => process.exit(), leaveWithinMs).unref()
}

/** Of this machine, by `TZ` or its own setting; UTC where that has no name. */
function serverTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return timezone.safeParse(timeZone).success ? timeZone : "UTC"
}

async function greet(publicUrl: string, link: string | null) {
  console.log(`\nHilo is ready: ${publicUrl}`)
  if (link) console.log(`Make the first account here (one time): ${link}`)
  console.log("")
}

// In a process of its own, so that the builder's weight does not stay with the server. While somebody develops, Vite serves the screens.
function buildWeb() {
  if (process.env["HILO_DEV_SERVER"] === undefined ? !isWebOutdated() : existsSync(buildStamp())) return
  spawnSync(process.execPath, [join(import.meta.dirname, "../../bin/build-web.ts")], { stdio: "inherit" })
}

async function within(ms: number, work: Promise<void>, log: Log) {
  const limit = new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
  await Promise.race([work, limit]).catch((error: unknown) => log.error({ err: error }, "draining failed"))
}
