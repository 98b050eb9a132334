// A desk with rows in every table goes through backups: one of an older version, one of this, and those that are refused.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { createServer } from "node:http"
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { after, test } from "node:test"
import { Client } from "pg"
import { dumpSchema } from "#kernel/database/dump-schema.ts"
import { schemaDifferences } from "#kernel/database/schema-differences.ts"
import { type AppliedMigration, appliedIn, migrate } from "#kernel/database/migrate.ts"
import { queueSchemaSql } from "#kernel/jobs/queue-schema.ts"
import { type FileStorage, openFileStorage } from "#kernel/storage/file-storage.ts"
import { emptyDatabase, testDatabase } from "#test/database.ts"
import { populate, tablesOf } from "#test/upgrade/populate-old-desk.ts"
import { BackupError, type BackupFile, openBackupFile, writeBackupFile } from "./backup-file.ts"
import { deskTables, rowsOf, sequenceValues } from "./copy-desk-tables-and-sequences.ts"
import { type Entry, writeEntries } from "./backup-entry-format.ts"
import { restoreBackup } from "./restore-backup.ts"
import { writeBackup } from "./write-backup.ts"

const folder = mkdtempSync(join(tmpdir(), "hilo-restore-"))
const sessions: Client[] = []
after(async () => {
  for (const client of sessions) await client.end()
  rmSync(folder, { recursive: true })
})
const passphrase = "four words nobody guesses"
const secret = "a secret for tests only"
const path = join(folder, "desk.backup")
const quiet = { onProgress: () => {}, signal: new AbortController().signal }
const onFiles = openFileStorage(join(folder, "attachments"))

const database = async () => session((await emptyDatabase()).url)

async function session(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  sessions.push(client)
  return { url, client }
}

/** PostgreSQL writes what it made of its own words with fewer brackets. */
const schemaOf = async (client: Client) => (await dumpSchema(client)).replaceAll(/[()]/g, "")

const anyDesk = { isForced: false, accept: async () => {}, beforeCommit: async () => {}, onProgress: () => {} }
let opened: BackupFile
const restoreTo = (url: string, options: Partial<typeof anyDesk> = {}, storage = onFiles) =>
  restoreBackup(opened, { url, storage }, { ...anyDesk, ...options })

async function backUp(entries: AsyncIterable<Entry>) {
  await rm(path, { force: true })
  await writeBackupFile(path, passphrase, { bytes: writeEntries(entries), ...quiet })
  opened = await openBackupFile(path, passphrase)
}

async function backUpDesk(storage: FileStorage) {
  await rm(path)
  const summary = await writeBackup({ url: desk.url, secret, storage }, { path, passphrase, ...quiet })
  opened = await openBackupFile(path, passphrase)
  return summary
}

const deskWith = (migrations: AppliedMigration[]): Entry => ({
  head: { kind: "desk", format: 1, madeAt: "2026-11-24T00:00:00Z", secret, migrations, queueSchema: null, tickets: 0 },
  body: [],
})

/** A desk as an older version left it, as that version backs it up. */
async function* olderDesk(): AsyncGenerator<Entry> {
  const { url, client } = await database()
  const released = join(import.meta.dirname, "../../db/migrations")
  const older = join(folder, "older")
  for (const name of readdirSync(released).filter((file) => file < "0022"))
    cpSync(join(released, name), join(older, name))
  await migrate(url, older)
  await populate(client)
  yield deskWith(await appliedIn(client))
  for (const table of await deskTables(client))
    yield { head: { kind: "table", name: table.name, columns: table.columns }, body: rowsOf(client, table) }
  yield { head: { kind: "sequences", values: await sequenceValues(client) }, body: [] }
}

/** Of each table how many rows there are and what they are, and what comes next. */
async function contentsOf(client: Client): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const name of [...(await tablesOf(client)), "schema_migrations", "queue.queue", "queue.job"]) {
    const all = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as all from ${name} t`
    found[name] = (await client.query<{ all: string }>(all)).rows[0]!.all
  }
  for (const { name, value } of await sequenceValues(client)) found[name] = String(value)
  return found
}

/** A bucket of a service that speaks S3 and asks nobody who they are. */
async function bucket() {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    if (request.method === "PUT") objects.set(request.url!, body)
    const found = objects.get(request.url!)
    response.writeHead(found ? 200 : 404, { "last-modified": new Date().toUTCString() }).end(found)
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => server.close())
  const { port } = server.address() as AddressInfo
  return { objects, storage: openFileStorage(folder, `http://key:word@127.0.0.1:${port}/desk`) }
}

/** The database by a way on which the connection is lost at the commit: before it comes there, or before its answer comes back. */
async function byWayThatLoses(lost: "commit" | "answer", url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const server = createTcpServer((near) => {
    const far = connect(Number(port), hostname)
    const end = () => void (near.destroy(), far.destroy())
    for (const socket of [near, far]) socket.on("error", end).on("close", end)
    far.on("data", (bytes) => near.write(bytes))
    near.on("data", (bytes) => {
      const isCommit = bytes.includes("commit\0")
      if (isCommit && lost === "commit") return end()
      if (isCommit) far.removeAllListeners("data").on("data", end)
      far.write(bytes)
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => server.close())
  return Object.assign(new URL(url), { port: (server.address() as AddressInfo).port }).href
}

const desk = await database()
const other = await session((await testDatabase()).url)
const picture = Buffer.from("a picture")

test("a backup of an older version becomes a desk of this one; one of a newer version is refused", async () => {
  await backUp(olderDesk())
  assert.deepEqual((await restoreTo(desk.url)).refused, [])
  assert.equal(await schemaOf(desk.client), await schemaOf(other.client))
  const { rowCount } = await desk.client.query("select from tickets where subject <> ''")
  assert.ok(rowCount! > 0)
  await backUp(Readable.from([deskWith([{ name: "9999_later.sql", checksum: "x" }])]))
  await assert.rejects(restoreTo(desk.url, { isForced: true }), /^Error: The backup is newer than this Hilo/)
})

test("every row, number, index, constraint and trigger of Hilo is what it was; attachments come from a folder into a bucket", async () => {
  const { sha256 } = await onFiles.put(Readable.from([picture]), 100)
  await desk.client.query("update attachments set sha256 = $1, size = 9, state = 'stored'", [sha256])
  await desk.client.query(queueSchemaSql())
  await desk.client
    .query(`insert into queue.queue (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds,
      retention_seconds, deletion_seconds, partition, table_name)
    values ('greet', 'standard', 1, 1, false, 60, 60, 60, false, 'job_common')`)
  await desk.client.query(`insert into queue.job (name, data, state) values ('greet', '{"ticket": "x"}', 'active')`)
  // What the operator added is named, and keeps nothing else.
  await desk.client.query(`create table my_notes (id serial primary key, ticket_id text references tickets);
    insert into my_notes (ticket_id) select id from tickets; alter table tickets add my_mark text not null default ''`)
  const { files, missing, tickets, foreign } = await backUpDesk(onFiles)
  await desk.client.query("drop table my_notes; alter table tickets drop my_mark")
  assert.deepEqual([files, missing, tickets > 0, foreign], [1, [], true, ["my_notes", "tickets.my_mark"]])
  const copy = await database()
  const { objects, storage } = await bucket()
  const { refused, damaged } = await restoreTo(copy.url, {}, storage)
  assert.deepEqual([refused, damaged], [[], []])
  assert.deepEqual([...objects.values()], [picture])
  assert.deepEqual(await contentsOf(copy.client), await contentsOf(desk.client))
  assert.equal(await schemaOf(copy.client), await schemaOf(desk.client))
  assert.equal((await copy.client.query("select from pg_trigger where tgenabled <> 'O'")).rowCount, 0)
})

test("where the connection is lost at the very end, what is said of the desk is true", async () => {
  const [undone, done] = [await database(), await database()]
  await assert.rejects(restoreTo(await byWayThatLoses("commit", undone.url)), /Connection terminated/)
  assert.deepEqual(await deskTables(undone.client), [])
  assert.deepEqual((await restoreTo(await byWayThatLoses("answer", done.url))).refused, [])
  assert.deepEqual(await contentsOf(done.client), await contentsOf(desk.client))
})

test("what stands in the way is said in one line and changes nothing; attachments that are missing or damaged are named and keep nothing else", async () => {
  const restoring = (options = {}) => restoreTo(other.url, { isForced: true, ...options })
  const refused = (message: RegExp) => (error: Error) => error instanceof BackupError && message.test(error.message)
  await other.client.query("insert into settings (name, value) values ('mine', '1')")
  const before = await dumpSchema(other.client)

  const bytes = readFileSync(path)
  const flipped = Buffer.from(bytes)
  flipped[bytes.length - 100] = flipped[bytes.length - 100]! ^ 1
  writeFileSync(path, flipped)
  await assert.rejects(restoring(), refused(/desk\.backup is damaged at byte \d+\.$/))
  writeFileSync(path, bytes)
  const accept = () => Promise.reject(new BackupError("not that secret"))
  await assert.rejects(restoring({ accept }), refused(/^not that secret$/))
  const server = new Client({ connectionString: other.url, application_name: "hilo worker" })
  await server.connect()
  await assert.rejects(
    restoring(),
    refused(/^Hilo works on this database \(hilo worker, session \d+\): stop it first\.$/),
  )
  await server.end()
  await assert.rejects(restoreTo(desk.url), refused(/holds tickets\. --force/))
  assert.equal((await other.client.query("select from settings where name = 'mine'")).rowCount, 1)
  assert.equal(await dumpSchema(other.client), before)

  const { missing } = await backUpDesk(openFileStorage(join(folder, "elsewhere")))
  assert.equal(missing.length, 1)
  await backUpDesk({ ...onFiles, read: () => Readable.from([Buffer.from("other bytes")]) })
  assert.deepEqual((await restoring()).damaged, missing)
  assert.equal((await other.client.query("select from settings where name = 'mine'")).rowCount, 0)
})

test("tables that Hilo did not make stop it, also where another application names its migrations as Hilo does; what a newer Hilo made does not", async () => {
  const refused = (names: string) => (error: Error) =>
    error instanceof BackupError && error.message.includes(`tables that are not Hilo's (${names})`)
  const shared = await database()
  await shared.client.query("create table invoices (id int)")
  await assert.rejects(restoreTo(shared.url), refused("invoices"))
  await shared.client.query("create table schema_migrations (version varchar primary key)")
  await shared.client.query("insert into schema_migrations values ('20260101000000')")
  for (const isForced of [false, true])
    await assert.rejects(restoreTo(shared.url, { isForced }), refused("invoices, schema_migrations"))
  await shared.client.query("alter table schema_migrations add name text, add checksum text")
  await shared.client.query("update schema_migrations set name = '1_init.sql', checksum = 'x'")
  await assert.rejects(restoreTo(shared.url), refused("invoices"))
  assert.equal((await shared.client.query("select from invoices")).rowCount, 0)

  await other.client.query("create schema reports; create view reports.open as select id from tickets where active")
  await assert.rejects(restoreTo(other.url, { isForced: true }), refused("reports.open"))
  await other.client.query("drop schema reports cascade; create table invoices (id int)")
  await assert.rejects(restoreTo(other.url, { isForced: true }), refused("invoices"))
  // Words that migrations hold in quotes, and tables that they renamed long ago.
  await other.client.query(
    "alter table invoices rename to customer; create table message (id int); create table mails (id int)",
  )
  await assert.rejects(restoreTo(other.url, { isForced: true }), refused("customer, mails, message"))
  // Back from an upgrade: the only way is the backup.
  await other.client.query("insert into schema_migrations (name, checksum) values ('9999_later.sql', 'x')")
  assert.deepEqual((await restoreTo(other.url, { isForced: true })).refused, [])
})

test("a desk that somebody damaged comes back: what its rows allow is made again, what they do not is named", async () => {
  await desk.client.query(`drop index tickets_long_lived;
    alter table tickets drop constraint tickets_number_key, drop constraint tickets_priority_check, drop constraint tickets_channel_check,
      alter number drop not null, alter phase drop expression,
      alter created_at type bigint using (extract(epoch from created_at) * 1000)::bigint;
    update tickets set number = null, priority = 'soon' where id = (select min(id) from tickets)`)
  const ticketsOf = async (client: Client, created: string) =>
    (await client.query(`select id, number, priority, phase, ${created} as created from tickets order by id`)).rows
  const before = await ticketsOf(desk.client, "to_timestamp(created_at / 1000.0)")
  await backUpDesk(onFiles)
  const copy = await database()
  const { refused } = await restoreTo(copy.url)
  assert.deepEqual(
    refused.map((line) => line.split(" ")[0]),
    ["tickets.number", "tickets_priority_check"],
  )
  assert.deepEqual(await ticketsOf(copy.client, "date_trunc('milliseconds', created_at)"), before)
  const made = ["tickets_number_key", "tickets_channel_check"]
  assert.equal((await copy.client.query("select from pg_constraint where conname = any($1)", [made])).rowCount, 2)
})

test("a desk whose columns have types of its operator's own, or are used elsewhere, comes back on another machine", async () => {
  const identities = "agreement_evidence, incident_counts, incident_entries, incident_refs, sla_targets".split(", ")
  await desk.client.query(`create domain address as text; create type spoken as enum ('es', 'en');
    alter table users drop constraint users_language_check, alter language drop default,
      alter language type spoken using language::spoken, alter email type address;
    ${identities.map((name) => `alter table ${name} alter id type int`).join("; ")};
    alter table ticket_number_aliases drop column key, alter alias type varchar(200);
    drop trigger events_append_only on events;
    alter table events alter at type bigint using (extract(epoch from at) * 1000)::bigint;
    alter table tickets drop constraint tickets_survey_score, alter survey_score type text`)
  const usersOf = async (client: Client) =>
    (await client.query("select id, email::text, language::text from users order by id")).rows
  await backUpDesk(onFiles)
  const copy = await database()
  const { refused } = await restoreTo(copy.url)
  assert.deepEqual(
    refused.map((line) => line.split(" ")[0]),
    ["tickets.number", "tickets_priority_check"],
  )
  assert.deepEqual(await usersOf(copy.client), await usersOf(desk.client))
  const differences = await schemaDifferences({ pool: copy.client })
  assert.deepEqual(
    differences.map(({ object }) => object.name),
    ["number", "tickets_priority_check"],
  )
  // Over itself the types go before the tables come.
  assert.deepEqual((await restoreTo(desk.url, { isForced: true })).refused, refused)
})
