import assert from "node:assert/strict"
import { test } from "node:test"
import { openClock } from "./database-clock.ts"
import { createLog } from "../log.ts"

const log = createLog("silent")

/** A database whose clock stands so far from ours (milliseconds). */
const away = (ms: () => number) =>
  ({ pool: { query: async () => ({ rows: [{ ms: String(Date.now() + ms()) }] }) } }) as unknown as Parameters<
    typeof openClock
  >[0]

test("time is the database's, and the server's own clock changes nothing, wrong or jumping", async (t) => {
  const real = Date.now
  const clock = await openClock(
    away(() => -90_000),
    log,
  )
  const before = real()
  const early = clock.now().getTime()
  t.mock.method(Date, "now", () => real() + 7_200_000)
  const late = clock.now().getTime()
  t.mock.restoreAll()
  assert.ok(Math.abs(early - (before - 90_000)) < 1_000)
  assert.ok(late - early < 60_000, "the server's clock jumped by two hours")
  assert.match(clock.warnings()[0]!, /clock of this server is \d+\.\d s ahead of the database's/)
  await clock.stop()
})

test("a clock that is right is not warned about", async () => {
  const clock = await openClock(
    away(() => 0),
    log,
  )
  assert.deepEqual(clock.warnings(), [])
  await clock.stop()
})

test("the database's clock is followed when it is set, and the old time goes on while it does not answer", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] })
  let ms = 0
  let answers = true
  const database = away(() => {
    if (!answers) throw new Error("gone")
    return ms
  })
  const clock = await openClock(database, log)
  const looked = async () => {
    t.mock.timers.tick(5_000)
    await new Promise((go) => setImmediate(go))
  }
  const aheadMs = () => clock.now().getTime() - Date.now()
  ms = -3_600_000
  await looked()
  assert.ok(Math.abs(aheadMs() - ms) < 60_000)
  answers = false
  ms = 0
  await looked()
  assert.ok(Math.abs(aheadMs() + 3_600_000) < 60_000)
  await clock.stop()
})
