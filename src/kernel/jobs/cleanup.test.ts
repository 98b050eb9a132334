import { openFileStorage } from "../storage/file-storage.ts"
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { inTransaction, system } from "../act.ts"
import { type Database, openDatabase } from "../db.ts"
import { createOutbound } from "../outbound/http-client.ts"
import { createSecrets } from "../secrets.ts"
import { purgeDrafts, saveDraft } from "#messages/index.ts"
import { createUser, endExpiredSessions } from "#people/index.ts"
import { testDatabase } from "#test/database.ts"
import { dataFolder } from "#test/server-process.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { purgeIdempotencyKeys, purgeRateLimits, purgeBatch, cleanupJob } from "./cleanup.ts"

const { url } = await testDatabase()
let db: Database
let userId: string

before(async () => {
  db = openDatabase(url)
  const ana = { email: "ana@example.com", name: "Ana", role: "agent" } as const
  userId = await inTransaction(db, { actor: system, now: new Date() }, async (act) => {
    const { id } = await createUser(act, ana)
    const ticket = await openSupportTicket(act, { subject: "Caja rota", description: "", channel: "phone" })
    await saveDraft(act, id, ticket.id, "note", "sigo")
    return id
  })
})
after(() => db.close())

const kit = () => ({
  db,
  secrets: createSecrets("a secret for tests only"),
  now: () => new Date(),
  channelApis: {},
  outbound: createOutbound({ allowPrivate: [] }),
  storage: openFileStorage(dataFolder()),
})
const run = async (sql: string, values: unknown[] = []) => (await db.pool.query(sql, values)).rows

test("once an hour what has expired is purged, and the rest is kept", async () => {
  await run(
    `insert into sessions (token_hash, user_id, created_at, expires_at) values
      ('over', $1, now(), now() - interval '1 minute'), ('open', $1, now(), now() + interval '1 day')`,
    [userId],
  )
  await run(`insert into idempotency_keys (principal, route, key, body_hash, state, created_at) values
    ('user:x', 'POST /', 'old', 'h', 'done', now() - interval '24 hours 1 minute'),
    ('user:x', 'POST /', 'new', 'h', 'done', now() - interval '23 hours 59 minutes')`)
  await run(`insert into rate_limits (key, points, expire) values
    ('over', 1, extract(epoch from now() - interval '1 minute') * 1000),
    ('counts', 1, extract(epoch from now() + interval '1 minute') * 1000)`)
  const job = cleanupJob(kit(), [purgeIdempotencyKeys, purgeRateLimits, endExpiredSessions, purgeDrafts])
  const left = async () =>
    (
      await run(`select token_hash as what from sessions union all select key from idempotency_keys
      union all select key from rate_limits union all select content from drafts`)
    ).map(({ what }) => what)
  await job.run({})
  assert.deepEqual(await left(), ["open", "new", "counts", "sigo"])
  await run("update users set disabled_at = now()")
  await job.run({})
  assert.deepEqual(await left(), ["open", "new", "counts"])
  assert.match(job.cron!, /^\d+ \* \* \* \*$/)
})

test("a purge that fails holds back no other, and is logged", async () => {
  await run("insert into rate_limits (key, points, expire) values ('past', 1, 1)")
  const wrong = async () => {
    throw new Error("too slow")
  }
  await assert.rejects(async () => cleanupJob(kit(), [wrong, purgeRateLimits]).run({}), /too slow/)
  assert.deepEqual(await run("select key from rate_limits where key = 'past'"), [])
})

test("more responses than one statement can remove in time are purged in several", async () => {
  await run(
    `insert into idempotency_keys (principal, route, key, body_hash, state, created_at)
      select 'user:y', 'POST /', n::text, 'h', 'done', now() - interval '2 days' from generate_series(1, $1::int) n`,
    [purgeBatch + 1],
  )
  const batches: number[] = []
  await cleanupJob(kit(), [
    async (act) => {
      batches.push(await purgeIdempotencyKeys(act))
      return batches.at(-1)!
    },
  ]).run({})
  assert.deepEqual(batches, [purgeBatch, 1])
})
