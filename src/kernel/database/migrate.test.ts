import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, afterEach, beforeEach, test } from "node:test"
import { Client } from "pg"
import { testDatabase } from "#test/database.ts"
import { migrate, pendingMigrations } from "./migrate.ts"

const { url } = await testDatabase()
const client = new Client({ connectionString: url })
await client.connect()
after(() => client.end())

let folder = ""
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "hilo-migrations-"))
  write("0001_boxes.sql", "create table boxes (id int primary key)")
  write("0002_lids.sql", "create table lids (id int primary key); insert into lids values (1)")
  await client.query("drop table if exists schema_migrations, boxes, lids, hinges")
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)

test("each file is applied once, in order", async () => {
  assert.deepEqual(await migrate(url, folder), ["0001_boxes.sql", "0002_lids.sql"])
  assert.deepEqual(await migrate(url, folder), [])
  write("0003_hinges.sql", "create table hinges (id int)")
  assert.deepEqual(await pendingMigrations(client, folder), ["0003_hinges.sql"])
  assert.deepEqual(await migrate(url, folder), ["0003_hinges.sql"])
  assert.deepEqual(await pendingMigrations(client, folder), [])
})

test("of three servers starting together one migrates and the others wait for it", async () => {
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)])
  assert.deepEqual(applied.map((names) => names.length).toSorted(), [0, 0, 2])
  assert.equal((await client.query("select from lids")).rowCount, 1)
})

test("a file that fails leaves nothing of itself, and is named", async () => {
  write("0003_hinges.sql", "create table hinges (id int); select 1 / 0")
  await assert.rejects(migrate(url, folder), { message: "Migration 0003_hinges.sql failed: division by zero" })
  assert.equal((await client.query("select to_regclass('hinges') as it")).rows[0].it, null)
  assert.deepEqual(await pendingMigrations(client, folder), ["0003_hinges.sql"])
})

test("a released file that was changed is refused", async () => {
  await migrate(url, folder)
  write("0001_boxes.sql", "create table boxes (id bigint primary key)")
  const message = "Migration 0001_boxes.sql was changed after it was applied to this database."
  await assert.rejects(migrate(url, folder), { message })
  await assert.rejects(pendingMigrations(client, folder), { message })
})

test("a database newer than the code is refused", async () => {
  await migrate(url, folder)
  rmSync(join(folder, "0002_lids.sql"))
  const message = "The database is newer than this Hilo: it has 0002_lids.sql. Run the newer version."
  await assert.rejects(migrate(url, folder), { message })
})

test("two files with one number, and a file named otherwise, are refused", async () => {
  write("0002_more.sql", "select 1")
  await assert.rejects(migrate(url, folder), { message: "Two migrations have the number 0002." })
  rmSync(join(folder, "0002_more.sql"))
  write("3_more.sql", "select 1")
  await assert.rejects(migrate(url, folder), { message: "Migration 3_more.sql is not named like 0001_words.sql." })
})

test("a migration waits for a table that an older server holds, without making others queue behind it", async () => {
  await migrate(url, folder)
  write("0003_grow.sql", "alter table boxes add column size int")
  await client.query("begin; lock table boxes in share mode")
  const migrating = migrate(url, folder)
  await untilWaiting()
  await client.query("commit")
  assert.deepEqual(await migrating, ["0003_grow.sql"])
})

async function untilWaiting(): Promise<void> {
  const waiting = "select from pg_locks where relation = 'boxes'::regclass and not granted"
  for (const deadline = performance.now() + 10_000; performance.now() < deadline;) {
    if ((await client.query(waiting)).rowCount) return
  }
  assert.fail("the migration never came to the table")
}
