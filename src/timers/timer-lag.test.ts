import assert from "node:assert/strict"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { workerName } from "#kernel/jobs/job-queue.ts"
import { registry } from "#kernel/metrics.ts"
import { testDatabase } from "#test/database.ts"
import { overdueCheck, overdueWarnings, timerLags, updateTimerMetrics } from "./timer-lag.ts"

const { url } = await testDatabase()
const [db, worker] = [openDatabase(url, { max: 1 }), openDatabase(url, { max: 1, name: workerName })]
after(() => Promise.all([db.close(), worker.close()]))
await db.pool.query("create table hours (at timestamptz)")
const timers = [
  { topic: "hours", dueSql: "select min(at) from hours" },
  { topic: "never", dueSql: "select null" },
]
async function dueIn(interval: string) {
  await db.pool.query("delete from hours")
  await db.pool.query("insert into hours values (clock_timestamp() + $1::interval)", [interval])
}
const lag = async () => (await timerLags(db.pool, timers)).map(({ topic, since }) => [topic, since !== null])
test("a topic that cannot be looked at hides no other: it is named, and has no figure rather than an old one", async () => {
  await dueIn("-90 seconds")
  const all = [{ topic: "broken", dueSql: "select at from nothing_of_that_name" }, ...timers]
  await updateTimerMetrics(db.pool, [{ topic: "broken", dueSql: "select null" }])
  assert.match(await registry.metrics(), /^hilo_timer_lag_seconds\{topic="broken"\} 0$/m)
  const [first, second, ...more] = await overdueWarnings(db.pool, all)
  assert.equal(first, "what is due for broken cannot be looked at (42P01)")
  assert.match(second!, /^hours has work that is due since/)
  assert.deepEqual(more, [])
  await updateTimerMetrics(db.pool, all)
  const metrics = await registry.metrics()
  assert.doesNotMatch(metrics, /hilo_timer_lag_seconds\{topic="broken"\}/)
  assert.ok(Number(/^hilo_timer_lag_seconds\{topic="hours"\} (.*)$/m.exec(metrics)?.[1]) >= 90)
})

const look = { db, secrets: null, patienceMs: 0 }

test("what is due later lags behind nothing, and what nobody does lags since it was due", async () => {
  await dueIn("1 hour")
  assert.deepEqual(await lag(), [
    ["hours", false],
    ["never", false],
  ])
  assert.deepEqual(await overdueWarnings(db.pool, timers), [])
  await dueIn("-90 seconds")
  assert.deepEqual(await lag(), [
    ["hours", true],
    ["never", false],
  ])
  assert.match((await overdueWarnings(db.pool, timers)).join(), /^hours has work that is due since \d{4}-/)
  await updateTimerMetrics(db.pool, timers)
  const metrics = await registry.metrics()
  assert.ok(Number(/^hilo_timer_lag_seconds\{topic="hours"\} (.*)$/m.exec(metrics)?.[1]) >= 90)
  assert.match(metrics, /^hilo_timer_lag_seconds\{topic="never"\} 0$/m)
})

test("the doctor finds it while a worker runs; work that nobody is there to do waits", async () => {
  await dueIn("-90 seconds")
  const { find } = overdueCheck(timers)
  assert.ok(typeof find === "function")
  assert.deepEqual(await find(look), [])
  await worker.pool.query("select 1")
  assert.equal((await find(look)).length, 1)
})
