import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { testDatabase } from "#test/database.ts"
import { createJobs, type Job } from "./job-queue.ts"

const { url } = await testDatabase()
const db = openDatabase(url)
const began = new Map<unknown, () => void>()
const held = Promise.withResolvers<void>()
const work: Job = {
  name: "work",
  run: async ({ which }) => {
    began.get(which)?.()
    if (which === "long") await held.promise
  },
}
const jobs = createJobs(url, createLog("silent"), [work], { work: true })

before(() => jobs.start())
after(async () => {
  held.resolve()
  await jobs.stop()
  await db.close()
})

/** Taken as what nobody announced. */
async function takeUnannounced(which: string) {
  const { promise, resolve } = Promise.withResolvers<void>()
  began.set(which, resolve)
  const later = new Date(Date.now() + 3_600_000)
  await db.kysely.transaction().execute((tx) => jobs.enqueue(tx, "work", [{ which }], later))
  await db.pool.query("update queue.job set start_after = now() where name = 'work' and state = 'created'")
  await jobs.takeDue(db)
  await promise
}

test("what nobody announced is taken though an earlier job is still at work", { timeout: 20_000 }, async () => {
  await takeUnannounced("long")
  await takeUnannounced("short")
  assert.deepEqual([...began.keys()], ["long", "short"])
})

test("a start gives a queue the options of today, and leaves one that has them", async () => {
  const read = "select name, retry_limit, updated_on::text from queue.queue order by name"
  const { rows: before } = await db.pool.query<{ name: string; retry_limit: number; updated_on: string }>(read)
  await db.pool.query("update queue.queue set retry_limit = 1 where name = 'work'")
  const another = createJobs(url, createLog("silent"), [work], { work: false })
  await another.start()
  await another.stop()
  const { rows: now } = await db.pool.query<(typeof before)[number]>(read)
  const limits = (rows: typeof before) => rows.map(({ name, retry_limit }) => [name, retry_limit])
  assert.deepEqual(limits(now), limits(before))
  const changed = now.filter(({ updated_on }, index) => updated_on !== before[index]!.updated_on)
  assert.deepEqual(
    changed.map(({ name }) => name),
    ["work"],
  )
})
