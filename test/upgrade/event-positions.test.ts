// The migration to positions: a reader that had read up to some event reads on after it, neither again nor too far.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { sequenceAll } from "#event-log/index.ts"
import { readLog } from "../../src/event-log/read-log.ts"
import { emptyDatabase } from "../database.ts"

const folder = join(import.meta.dirname, "../../db/migrations")
const before = mkdtempSync(join(tmpdir(), "hilo-before-"))
after(() => rmSync(before, { recursive: true }))
for (const name of readdirSync(folder).filter((file) => file < "0022")) cpSync(join(folder, name), join(before, name))

/** A desk of before with events (transaction id, event id) and how far its readers came; what each reads after the migration. */
async function readOn(events: [xid: string, id: number][], readers: Record<string, [xid: string, id: number]>) {
  const { url } = await emptyDatabase()
  await migrate(url, before)
  const db = openDatabase(url)
  const insert = `insert into events (xid, id, at, kind, subject_id, actor_kind) overriding system value
    select x.xid::xid8, x.id, now(), 'message.received', x.id::text, 'system' from unnest($1::text[], $2::bigint[]) x (xid, id)`
  await db.pool.query(insert, [events.map(([xid]) => xid), events.map(([, id]) => id)])
  await db.pool.query("select setval(pg_get_serial_sequence('events', 'id'), 1000)")
  await db.pool.query("update event_readers set xid = '999999', event_id = 0")
  for (const [name, [xid, id]] of Object.entries(readers))
    await db.pool.query("update event_readers set xid = $2, event_id = $3 where name = $1", [name, xid, id])
  await migrate(url)
  await db.pool.query(
    "insert into events (at, kind, subject_id, actor_kind) values (now(), 'message.received', 'new', 'system')",
  )
  await sequenceAll(db)
  const found: Record<string, (string | null)[]> = {}
  for (const name of Object.keys(readers)) {
    const { rows } = await db.pool.query("select position from event_readers where name = $1", [name])
    found[name] = (await readLog(db.kysely, rows[0].position, 100)).map((event) => event.subjectId)
  }
  await db.close()
  return found
}

test("each reader goes on after the last event it had read, in the order of before", async () => {
  // Event 5 was written by a transaction that began before those of 3 and 4.
  const events: [string, number][] = [
    ["9", 1],
    ["10", 2],
    ["11", 5],
    ["12", 3],
    ["13", 4],
  ]
  const found = await readOn(events, { reactions: ["13", 4], routing: ["11", 5], notifications: ["9", 1] })
  assert.deepEqual(found, {
    reactions: ["new"],
    routing: ["3", "4", "new"],
    notifications: ["2", "5", "3", "4", "new"],
  })
})

test("what was written after a move to a cluster with lower ids, and never read, is read", async () => {
  const events: [string, number][] = [
    ["5000000", 1],
    ["5000001", 2],
    ["7", 3],
    ["8", 4],
  ]
  const found = await readOn(events, { reactions: ["5000001", 2], routing: ["5000000", 1] })
  assert.deepEqual(found, { reactions: ["3", "4", "new"], routing: ["2", "3", "4", "new"] })
})
