import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { sql } from "kysely"
import { type Database, openDatabase } from "#kernel/db.ts"
import { createLog } from "#kernel/log.ts"
import { testDatabase } from "#test/database.ts"
import { dispatchOnce } from "./reaction-dispatcher.ts"
import { lastPosition, hasUnreadEvents, readLog } from "./read-log.ts"
import { logTimers } from "./sequencer-and-reader-timers.ts"
import { logTopic, placedTopic, sequenceAll, startSequencer } from "./sequencer.ts"
import { type ReactionPayload, reactions } from "./reactions-to-events.ts"
import { readExclusively } from "./read-log-exclusively.ts"

const { url } = await testDatabase()
const db = openDatabase(url)
after(() => db.close())

const log = createLog("silent")

beforeEach(async () => {
  await sql`truncate events`.execute(db.kysely)
  await sql`update event_readers set position = 0`.execute(db.kysely)
})

const write = (from: Pick<typeof db, "kysely">["kysely"], subject: string, kind = "message.received") =>
  sql`insert into events (at, kind, subject_id, actor_kind) values (now(), ${kind}, ${subject}, 'system')`.execute(from)

const read = async (limit = 100) => (await readLog(db.kysely, 0, limit)).map((event) => event.subjectId)

test("what is committed waits for no transaction that is still open, and what that one commits comes after", async () => {
  await db.kysely.transaction().execute(async (slow) => {
    await write(slow, "begun first")
    await write(db.kysely, "committed first")
    await sequenceAll(db)
    assert.deepEqual(await read(), ["committed first"])
  })
  await sequenceAll(db)
  assert.deepEqual(await read(), ["committed first", "begun first"])
  assert.deepEqual(await read(1), ["committed first"])
})

test("many sequencers at once give each event one place", async () => {
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      await write(db.kysely, String(n))
      await sequenceAll(db)
    }),
  )
  await sequenceAll(db)
  const subjects = await read()
  assert.deepEqual(
    subjects.toSorted((a, b) => Number(a) - Number(b)),
    Array.from({ length: 40 }, (_, n) => String(n)),
  )
})

test("an event gets its place once, and nothing else of it ever changes", async () => {
  await write(db.kysely, "it")
  const refused = async (change: string) => assert.rejects(db.pool.query(`update events set ${change}`), /append-only/)
  await refused("kind = 'ticket.closed'")
  await refused("position = 1, kind = 'ticket.closed'")
  await refused("position = 0")
  await refused("placed_at = now()")
  const { rows: columns } = await db.pool.query(`select attname as name, format_type(atttypid, null) as type
    from pg_attribute where attrelid = 'events'::regclass and attnum > 0 and not attisdropped and attidentity = ''`)
  const others = {
    text: "'x'",
    bigint: "7",
    integer: "7",
    jsonb: `'{"x": 1}'`,
    "timestamp with time zone": "now() - interval '1 day'",
  }
  for (const { name, type } of columns.filter((one) => !["position", "placed_at"].includes(one.name)))
    await refused(`position = 1, placed_at = now(), ${name} = ${others[type as keyof typeof others]}`)
  await assert.rejects(db.pool.query("delete from events"), /append-only/)
  await sequenceAll(db)
  await refused("position = 2")
  await refused("position = null")
})

const neverBuried = async () => assert.fail("no chain is that deep")

test("a reaction is queued once for its event, and what has none only moves the cursor", async () => {
  const queued: unknown[] = []
  const enqueue = async (_tx: unknown, name: string, payloads: unknown[]) => void queued.push([name, payloads])
  const dispatch = () => dispatchOnce(db, log, { enqueue, deadLetter: neverBuried })
  await write(db.kysely, "nobody reacts to this", "ticket.merged")
  await sequenceAll(db)
  assert.equal(await dispatch(), false)
  assert.deepEqual(queued, [])
  await write(db.kysely, "a ticket", "ticket.created")
  await write(db.kysely, "nobody reacts to this either", "ticket.merged")
  await sequenceAll(db)
  await dispatch()
  await dispatch()
  assert.equal(queued.length, reactions["ticket.created"].length)
  assert.equal(await hasUnreadEvents(db, "reactions", await lastPosition(db)), false)
})

test("a long backlog is dispatched in pieces without a gap", async () => {
  const queued: string[] = []
  const [reaction] = reactions["ticket.created"]
  const enqueue = async (_tx: unknown, name: string, all: ReactionPayload[]) => {
    if (name === reaction) queued.push(...all.map((one) => one.subjectId!))
  }
  const dispatch = () => dispatchOnce(db, log, { enqueue, deadLetter: neverBuried })
  await sql`insert into events (at, kind, subject_id, actor_kind)
    select now(), case n % 3 when 0 then 'ticket.created' else 'ticket.merged' end, n::text, 'system'
    from generate_series(1, 2100) n`.execute(db.kysely)
  await sequenceAll(db)
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
  await sequenceAll(db)
  while (await dispatchOnce(db, log, { enqueue: into(queued), deadLetter: into(buried) }));
  const all = (subject: string) => reactions["ticket.created"].map((name) => `${name} ${subject}`)
  assert.deepEqual([queued, buried], [all("shallow"), all("deep")])
})

test("a reader of rare kinds looks through a bounded part of a long backlog at a time, and comes to its end", async () => {
  await sql`insert into events (at, kind, subject_id, actor_kind)
    select now(), case when n in (1, 11999) then 'ticket.created' else 'message.received' end, n::text, 'system'
    from generate_series(1, 12000) n`.execute(db.kysely)
  await sequenceAll(db)
  const looks: (string | null)[][] = []
  const look = () =>
    db.kysely.transaction().execute(async (tx) => {
      const taken = await readExclusively(tx, "routing", ["ticket.created"])
      if (taken) looks.push(taken.events.map((event) => event.subjectId))
      return taken?.more ?? false
    })
  while (await look());
  assert.deepEqual(looks, [["1"], [], ["11999"]])
})

test("what was just written is due later alone, when those who were woken for it have not done it", async () => {
  const due = async () => {
    const times = logTimers.map(({ dueSql }) => `extract(epoch from (${dueSql}) - '2050-01-01Z')::float`)
    return (await db.pool.query({ text: `select ${times.join(", ")}`, rowMode: "array" })).rows[0]
  }
  const insert = `insert into events (at, kind, actor_kind, position, placed_at) values ('2050-01-01Z', 'ticket.closed', 'system',`
  assert.deepEqual(await due(), [null, null])
  await db.pool.query(`${insert} null, null)`)
  assert.deepEqual(await due(), [1, null])
  await db.pool.query(`${insert} 1, '2050-01-01T00:00:10Z')`)
  assert.deepEqual(await due(), [1, 10.4])
})

test("what waits longest for its position is found by the index alone, however many wait with it", async () => {
  const plan = await db.kysely.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    await sql`set local enable_sort = off`.execute(tx)
    const { rows } = await sql<{ "QUERY PLAN": string }>`explain (costs off) ${sql.raw(logTimers[0]!.dueSql)}`.execute(
      tx,
    )
    return rows.map((row) => row["QUERY PLAN"].trim())
  })
  assert.deepEqual(plan.slice(0, 2), ["Limit", "->  Index Scan using events_unplaced on events"])
})

type PlacingServer = { db: Database; looks: number; stop: () => Promise<void> }

/** A server that does nothing but place events, and counts how often it looks for some. */
function startPlacing(): PlacingServer {
  const own = openDatabase(url, { max: 2 })
  const run: Database["run"] = (statement) => {
    if (statement.name === "log-place") server.looks++
    return own.run(statement)
  }
  const sequencer = startSequencer({ ...own, run }, log)
  let stopping: Promise<void> | null = null
  const server: PlacingServer = { db: own, looks: 0, stop: () => (stopping ??= sequencer.stop()) }
  return server
}

/** Wakes each of them. Resolves when the first of them receives that the event has its position. */
async function writeThrough(first: PlacingServer, ...more: PlacingServer[]) {
  const placed = Promise.withResolvers<void>()
  const unsubscribe = first.db.wakes.onWake(placedTopic, async () => {
    const { rows } = await sql`select from events where position is null`.execute(db.kysely)
    if (rows.length === 0) placed.resolve()
  })
  await write(db.kysely, "it")
  for (const server of [first, ...more]) server.db.wakes.wake(logTopic)
  await placed.promise
  unsubscribe()
}

test("while two servers write without a pause one of them gives the places, and the other when that one has gone", async (t) => {
  const servers = [startPlacing(), startPlacing()].toSorted((a, b) => (a.db.wakes.sender < b.db.wakes.sender ? -1 : 1))
  const [leader, follower] = servers as [PlacingServer, PlacingServer]
  t.after(async () => {
    await Promise.all(servers.map(({ stop }) => stop()))
    await Promise.all(servers.map((server) => server.db.close()))
  })
  for (let n = 0; n < 40; n++) await writeThrough(leader, follower)
  assert.ok(follower.looks < leader.looks / 2, `${follower.looks} of ${leader.looks + follower.looks} looks`)
  await leader.stop()
  await writeThrough(follower)
})
