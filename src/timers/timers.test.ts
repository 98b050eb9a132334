import assert from "node:assert/strict"
import { after, test } from "node:test"
import { sql } from "kysely"
import { openDatabase } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { registry } from "#kernel/metrics.ts"
import { testDatabase } from "#test/database.ts"
import { waitUntil } from "#test/server-process.ts"
import { startTimers, timerWarnings } from "./timers.ts"

const { url } = await testDatabase()
const [db, other] = [openDatabase(url, { max: 2 }), openDatabase(url, { max: 1 })]
after(() => Promise.all([db.close(), other.close()]))
await sql`create table hours (at timestamptz)`.execute(db.kysely)
const timer = { topic: "hours", dueSql: "select min(at) from hours" }

/** Resolves once the topic is woken here. */
const woken = (topic: string) =>
  new Promise<void>((resolve) => {
    const unsubscribe = db.wakes.onWake(topic, () => {
      unsubscribe()
      resolve()
    })
  })

/** Starts them; a new listener is woken once for nothing. */
async function start() {
  const listens = woken("hours")
  const timers = startTimers(db, createLog("silent"), [timer])
  await listens
  return timers
}

test("what was written down by a server that said nothing more is found, once it is due by the database's clock", async () => {
  const timers = await start()
  const due = woken("hours")
  await sql`insert into hours values (clock_timestamp() + interval '0.4 seconds')`.execute(other.kysely)
  await due
  const { rows } = await sql<{ late: boolean }>`select clock_timestamp() >= min(at) as late from hours`.execute(
    db.kysely,
  )
  await timers.stop()
  assert.equal(rows[0]!.late, true)
})

test("an earlier hour that is announced is not missed, and a query that fails is run again", async () => {
  await sql`delete from hours`.execute(db.kysely)
  await sql`insert into hours values (now() + interval '1 year')`.execute(db.kysely)
  const timers = await start()
  await sql`alter table hours rename to gone`.execute(other.kysely)
  db.wakes.wake("hours")
  await sql`alter table gone rename to hours`.execute(other.kysely)
  const due = woken("hours")
  await sql`insert into hours values (now() + interval '0.1 seconds')`.execute(other.kysely)
  db.wakes.wake("hours")
  await due
  await timers.stop()
})

test("a query that fails stops no other, is named while it fails, and its work is looked for all the same", async (t) => {
  await sql`delete from hours`.execute(db.kysely)
  const broken = { topic: "broken", dueSql: "select at from nothing_of_that_name" }
  const [listens, looked] = [woken("hours"), woken("broken")]
  const timers = startTimers(db, createLog("silent"), [broken, timer])
  t.after(timers.stop)
  await Promise.all([listens, looked])
  await sql`insert into hours values (clock_timestamp() + interval '0.2 seconds')`.execute(other.kysely)
  await Promise.all([woken("hours"), woken("broken")])
  assert.deepEqual(timerWarnings(), ["what is due for broken cannot be looked at (42P01)"])
  assert.match(await registry.metrics(), /hilo_timer_failing\{topic="broken"\} 1/)
  await sql`create table nothing_of_that_name (at timestamptz)`.execute(other.kysely)
  db.wakes.wake("hours")
  await waitUntil("it is looked at again", async () => timerWarnings().length === 0)
  assert.match(await registry.metrics(), /hilo_timer_failing\{topic="broken"\} 0/)
})
