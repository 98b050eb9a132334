import assert from "node:assert/strict"
import { once } from "node:events"
import { connect, createServer, type AddressInfo } from "node:net"
import { after, test } from "node:test"
import { sql } from "kysely"
import { testDatabase } from "#test/database.ts"
import { inTransaction, system } from "./act.ts"
import { openDatabase } from "./db.ts"
import { isUnreachable } from "./errors.ts"

const { url } = await testDatabase()
const db = openDatabase(url, { max: 2 })
after(() => db.close())

test("a connection that dies between two statements of a transaction fails that work and nothing else", async () => {
  const cutShort = inTransaction(db, { actor: system, now: new Date() }, async ({ tx }) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await db.pool.query("select pg_terminate_backend($1)", [rows[0]!.pid])
    await saysNoMore(rows[0]!.pid)
    await sql`select 1`.execute(tx)
  })
  await assert.rejects(cutShort, (error) => isUnreachable(error))
  assert.equal((await db.pool.query("select 1 as one")).rows[0].one, 1)
})

test("a connection that falls silent is given up, and the statement on it fails", async (t) => {
  let isSilent = false
  const network = createServer((client) => {
    const server = connect(Number(new URL(url).port), "127.0.0.1")
    client
      .on("data", (chunk) => server.write(chunk))
      .on("error", () => {})
      .on("close", () => server.destroy())
    server
      .on("data", (chunk) => isSilent || client.write(chunk))
      .on("error", () => {})
      .on("close", () => client.destroy())
  })
  await new Promise<void>((ready) => network.listen(0, "127.0.0.1", ready))
  const through = new URL(url)
  through.port = String((network.address() as AddressInfo).port)
  const far = openDatabase(through.href, { max: 1, bounds: { statement_timeout: 0 }, silentMs: 20 })
  t.after(() => far.close().then(() => network.close()))
  await far.pool.connect().then((client) => client.release())
  const isGivenUp = once(far.pool, "remove")
  isSilent = true
  const work = inTransaction(far, { actor: system, now: new Date() }, ({ tx }) => sql`select 1`.execute(tx))
  await assert.rejects(work, (error) => isUnreachable(error))
  await isGivenUp
})

/** Resolves when the server process is gone; its last words are then in our socket already. */
async function saysNoMore(pid: number): Promise<void> {
  const { rows } = await db.pool.query("select from pg_stat_activity where pid = $1", [pid])
  if (rows.length > 0) await saysNoMore(pid)
}
