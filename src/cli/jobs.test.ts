import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { run as runJobs } from "./jobs.ts"
import { testDatabase } from "#test/database.ts"
import { type Database, openDatabase } from "#kernel/db.ts"
import { deadJobs } from "#kernel/jobs/dead-jobs.ts"
import { createJobs, type Job, type Jobs, type Payload } from "#kernel/jobs/job-queue.ts"
import { createLog } from "#kernel/log.ts"

const { url } = await testDatabase()
const db: Database = openDatabase(url)
const done: Payload[] = []
const work: Job = { name: "work", run: async (payload) => void done.push(payload) }
const jobs: Jobs = createJobs(url, createLog("silent"), [work], { work: false })

before(() => jobs.start())
after(async () => {
  await jobs.stop()
  await db.close()
})

const rows = async <Row>(sql: string) => (await db.pool.query(sql)).rows as Row[]
const deadLetter = (payload: Payload) => db.kysely.transaction().execute((tx) => jobs.deadLetter(tx, "work", [payload]))

async function output(...args: string[]): Promise<string> {
  const lines: string[] = []
  await runJobs(args, { db, print: (line) => lines.push(line) })
  return lines.join("\n")
}

test("an installed queue gets the options of the version that starts", async () => {
  const options = "select retry_limit, retention_seconds > 300000000 as is_kept from queue.queue where name = 'work'"
  await rows("update queue.queue set retry_limit = 1, retention_seconds = 1209600 where name in ('work', 'work.dead')")
  const next = createJobs(url, createLog("silent"), [work], { work: false })
  await next.start()
  await next.stop()
  assert.deepEqual(await rows(options), [{ retry_limit: 10, is_kept: true }])
})

test("jobs that failed for good are listed until somebody tries them again or drops them", async () => {
  await deadLetter({ eventId: 1 })
  await deadLetter({ eventId: 2 })
  const [first, second] = await deadJobs(db)
  assert.deepEqual([first!.job, first!.payload], ["work", { eventId: 1 }])
  assert.match(await output(), new RegExp(`${first!.id} {2}work`))
  assert.equal(await output("retry", first!.id), "1 tried again.")
  assert.equal(await output("drop", second!.id), "1 let go of.")
  assert.equal(await output(), "Nothing waits.")
  const queued = await rows<{ data: Payload }>("select data from queue.job where name = 'work' and state = 'created'")
  assert.deepEqual(
    queued.map(({ data }) => data),
    [{ eventId: 1 }],
  )
})

test("all that failed are tried again, however many; those that are named are found among any number", async () => {
  const many = Array.from({ length: 1_001 }, (_, n) => ({ eventId: 100 + n }))
  await db.kysely.transaction().execute((tx) => jobs.deadLetter(tx, "work", many))
  const [last] = await rows<{ id: string }>(
    "select id from queue.job where name = 'work.dead' and state = 'created' order by created_on desc, id desc limit 1",
  )
  assert.match(await output(), /oldest 1000; there may be more/)
  assert.equal(await output("drop", last!.id), "1 let go of.")
  await db.kysely.transaction().execute((tx) => jobs.deadLetter(tx, "work", [{ eventId: 99 }]))
  assert.equal(await output("retry"), "1001 tried again.")
  assert.equal(await output(), "Nothing waits.")
})

test("no age removes what failed", async () => {
  await deadLetter({ eventId: 3 })
  const kept =
    "select keep_until > now() + interval '9 years' as is_kept from queue.job where name = 'work.dead' and state = 'created'"
  assert.deepEqual(await rows(kept), [{ is_kept: true }])
})

test("what is to be dropped must be named", async () => {
  await assert.rejects(output("drop"), /Usage/)
  await assert.rejects(output("list", "x"), /Usage/)
})
