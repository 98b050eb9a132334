import assert from "node:assert/strict"
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

/** Resolves when the server process is gone; its last words are then in our socket already. */
async function saysNoMore(pid: number): Promise<void> {
  const { rows } = await db.pool.query("select from pg_stat_activity where pid = $1", [pid])
  if (rows.length > 0) await saysNoMore(pid)
}
