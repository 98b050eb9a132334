// A whole Hilo in the test's own process, on a free port and a database of its own: everything that `npm start` runs.
import { after } from "node:test"
import { type Environment, parseConfig } from "#kernel/config.ts"
import { freePort } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { type Database, openDatabase } from "#kernel/db.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { createLog, type Log } from "#kernel/log.ts"
import { changeSetting } from "#settings/index.ts"
import { createApp } from "../src/app.ts"
import { testDatabase } from "./database.ts"

const secret = "a secret for tests only"

/**
 * `now`: a clock of the test's own in place of the database's. Timers go by the database: the test wakes what it makes due.
 * `fill` runs before it starts.
 */
type AppOptions = { log?: Log; now?: () => Date; fill?: (kit: Kit) => Promise<unknown> }

export async function startApp(more: Environment = {}, { log = createLog("silent"), now, fill }: AppOptions = {}) {
  await import("../bin/build-web.ts")
  const { url } = await testDatabase()
  const config = parseConfig({ DATABASE_URL: url, PORT: String(await freePort()), HILO_SECRET: secret, ...more })
  const db = openDatabase(url, { waitMs: 0 })
  await allowMuch(db)
  const { server, kit, start, stop } = await createApp({ config: { ...config, secret }, db, log, ...(now && { now }) })
  await fill?.(kit)
  const address = await start()
  after(async () => {
    await stop()
    await db.close()
  })
  return { ...kit, app: server, url: address }
}

// One customer of a test writes what a hundred would: how much one may is the matter of test/write-quotas.test.ts.
async function allowMuch(db: Database) {
  const much = {
    customerTickets: 10_000,
    customerMessages: 10_000,
    customerUnsentMegabytes: 10_000,
    staffWrites: 10_000_000,
  }
  await inTransaction(db, { actor: system, now: new Date() }, (act) => changeSetting(act, "quotas", much))
}
