import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { sql } from "kysely"
import { openDatabase } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { logIsReadable, testDatabase } from "#test/database.ts"
import { dispatchOnce } from "./dispatch.ts"
import type { ReactionPayload } from "./reactions.ts"
import { readLog } from "./log.ts"

const db = openDatabase((await testDatabase()).url)
after(() => db.close())

const log = createLog("silent")
const start = { xid: "0", id: 0 }

beforeEach(async () => {
  await sql`truncate events`.execute(db.kysely)
  await sql`update event_readers set xid = '0', event_id = 0`.execute(db.kysely)
})

const write = (from: Pick<typeof db, "kysely">["kysely"], subject: string, kind = "message.received", xid?: string) =>
  sql`insert into events (xid, at, kind, subject_id, actor_kind)
    values (coalesce(${xid ?? null}::xid8, pg_current_xact_id()), now(), ${kind}, ${subject}, 'system')`.execute(from)

const read = async (limit = 100) => (await readLog(db.kysely, start, limit)).map((event) => event.subjectId)

test("transactions are read in their order, also where their number gains a digit", async () => {
  await write(db.kysely, "third", "message.received", "100")
  await write(db.kysely, "first", "message.received", "9")
  await write(db.kysely, "second", "message.received", "10")
  assert.deepEqual(await read(), ["first", "second", "third"])
  assert.deepEqual(await read(2), ["first", "second"])
})

test("what a later transaction committed waits for the earlier one, and then nothing is skipped", async () => {
  await db.kysely.transaction().execute(async (slow) => {
    await write(slow, "begun first")
    await write(db.kysely, "committed first")
    assert.deepEqual(await read(), [])
  })
  await logIsReadable(db.pool)
  assert.deepEqual(await read(), ["begun first", "committed first"])
})

const neverBuried = async () => assert.fail("no chain is that deep")

test("a reaction is queued once for its event, and what has none only moves the cursor", async () => {
  const queued: unknown[] = []
  const enqueue = async (_tx: unknown, name: string, payloads: unknown[]) => void queued.push([name, payloads])
  const dispatch = () => dispatchOnce(db, log, { enqueue, bury: neverBuried })
  await write(db.kysely, "nobody reacts to this")
  await logIsReadable(db.pool)
  assert.equal(await dispatch(), false)
  assert.deepEqual(queued, [])
  await write(db.kysely, "a ticket", "ticket.created")
  await write(db.kysely, "nobody reacts to this either")
  await logIsReadable(db.pool)
  await dispatch()
  await dispatch()
  assert.equal(queued.length, 1)
  const cursor = await sql<{ read: boolean }>`
    select not exists (select from events e where (e.xid, e.id) > (r.xid, r.event_id)) as read from event_readers r
    where r.name = 'reactions'`.execute(db.kysely)
  assert.deepEqual(cursor.rows, [{ read: true }])
})

test("a long backlog is dispatched in pieces without a gap", async () => {
  const queued: string[] = []
  const enqueue = async (_tx: unknown, _name: string, all: ReactionPayload[]) =>
    void queued.push(...all.map((one) => one.subjectId!))
  const dispatch = () => dispatchOnce(db, log, { enqueue, bury: neverBuried })
  await sql`insert into events (at, kind, subject_id, actor_kind)
    select now(), case n % 3 when 0 then 'ticket.created' else 'message.received' end, n::text, 'system'
    from generate_series(1, 2100) n`.execute(db.kysely)
  await logIsReadable(db.pool)
  while (await dispatch());
  assert.deepEqual(
    queued,
    Array.from({ length: 700 }, (_, i) => String((i + 1) * 3)),
  )
})

test("a chain of reactions that goes too deep is kept for a person, and not tried", async () => {
  const queued: string[] = []
  const buried: string[] = []
  const into = (list: string[]) => async (_tx: unknown, name: string, all: ReactionPayload[]) =>
    void list.push(...all.map((one) => `${name} ${one.subjectId}`))
  await sql`insert into events (at, kind, subject_id, actor_kind, depth)
    values (now(), 'ticket.created', 'deep', 'system', 8), (now(), 'ticket.created', 'shallow', 'system', 7)`.execute(
    db.kysely,
  )
  await logIsReadable(db.pool)
  while (await dispatchOnce(db, log, { enqueue: into(queued), bury: into(buried) }));
  assert.deepEqual([queued, buried], [["send-greeting shallow"], ["send-greeting deep"]])
})
