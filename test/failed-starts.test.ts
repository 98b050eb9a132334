// A start that cannot go on says why in one line that names the setting, and leaves nothing running.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { clusterIn, freePort, runningPostmaster } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { childEnv } from "../bin/child-environment.ts"
import { Client } from "pg"
import { emptyDatabase, testDatabase } from "./database.ts"
import { dataFolder, readiness, secret, startHilo, waitUntil } from "./server-process.ts"

const root = join(import.meta.dirname, "..")
const { url } = await testDatabase()
const folder = dataFolder()

before(async () => {
  await (await startHilo({ databaseUrl: url })).stop()
})

/** What `serve` says before it gives up. */
async function complaint(settings: Record<string, string>): Promise<string> {
  const own = { PORT: String(await freePort()), HILO_DATA: folder, HILO_SECRET: secret }
  const env = childEnv({ ...own, LOG_LEVEL: "info", DATABASE_URL: url, ...settings })
  const child = spawn(process.execPath, ["src/main.ts", "serve"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit"), text(child.stdout)])
  assert.equal(code, 1)
  assert.match(said, /^[^\n]+\n$/, "one line")
  return said.trim()
}

async function listening(answer: (chunk: Buffer) => Buffer): Promise<number> {
  const server = createServer((socket) => {
    socket.on("data", (chunk) => socket.write(answer(Buffer.from(chunk))))
    socket.on("error", () => {})
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => server.close())
  return (server.address() as AddressInfo).port
}

test("a port that is taken", async () => {
  const port = await listening(() => Buffer.alloc(0))
  const taken = `The setting PORT names a port that is taken (127.0.0.1:${port}).`
  assert.equal(await complaint({ PORT: String(port) }), taken)
  const own = dataFolder()
  assert.equal(await complaint({ PORT: String(port), DATABASE_URL: "", HILO_DATA: own }), taken)
  assert.equal(runningPostmaster(clusterIn(own)), undefined, "its database was stopped")
  assert.equal(existsSync(clusterIn(own).files), false, "no database was made")
})

test("a port that is taken leaves the database as it was", async () => {
  const port = await listening(() => Buffer.alloc(0))
  const empty = await emptyDatabase()
  await complaint({ PORT: String(port), DATABASE_URL: empty.url })
  assert.deepEqual(await rows(empty.url, "select tablename from pg_tables where schemaname = 'public'"), [])
})

test("another secret than the database's leaves the database as it was", async () => {
  const behind = await testDatabase()
  await (await startHilo({ databaseUrl: behind.url })).stop()
  const names = "select name from schema_migrations order by name desc limit 1"
  const [last] = await rows(behind.url, names)
  await rows(behind.url, "delete from schema_migrations where name = (select max(name) from schema_migrations)")
  const before = await rows(behind.url, names)
  const said = await complaint({ DATABASE_URL: behind.url, HILO_SECRET: "a secret of somebody else" })
  assert.equal(said, "The setting HILO_SECRET is not the one that this database was set up with.")
  assert.deepEqual(await rows(behind.url, names), before)
  assert.notDeepEqual(before, [last])
})

test("a request while the database is migrated is answered that Hilo is starting", async (t) => {
  const empty = await emptyDatabase()
  const holder = new Client({ connectionString: empty.url })
  await holder.connect()
  t.after(() => holder.end())
  await holder.query("select pg_advisory_lock(4410002)")
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = startHilo({ databaseUrl: empty.url }, port)
  await waitUntil("it waits for its turn to migrate", async () => {
    const { rowCount } = await holder.query("select 1 from pg_locks where locktype = 'advisory' and not granted")
    return rowCount === 1
  })
  assert.equal(await readiness(url), 503)
  const answer = await fetch(`${url}/api/v1/session`)
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"])
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/)
  assert.deepEqual(await (await fetch(`${url}/readyz`)).json(), { status: "not_ready", problem: "starting" })
  assert.equal((await fetch(`${url}/healthz`)).status, 200, "nobody should end it meanwhile")
  await holder.query("select pg_advisory_unlock_all()")
  await (await started).stop()
})

async function rows(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test("an address that is not this machine's", async () => {
  assert.match(await complaint({ HOST: "192.0.2.1" }), /^The setting HOST is not an address of this machine /)
})

test("a database that is not there, lets nobody in, or does not exist", async () => {
  const other = (change: (it: URL) => void) => {
    const changed = new URL(url)
    change(changed)
    return { DATABASE_URL: changed.href }
  }
  const start = /^The setting DATABASE_URL leads to a database that cannot be used: /
  assert.match(await complaint(other((it) => (it.port = "1"))), start)
  const refused = await complaint(other((it) => (it.password = "wrong-word")))
  assert.match(refused, start)
  assert.doesNotMatch(refused, /wrong-word/)
  assert.match(await complaint(other((it) => (it.pathname = "/nothing"))), start)
})

test("a PostgreSQL that is too old", async () => {
  const port = await listening(oldPostgres("15.8"))
  const said = await complaint({ DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/hilo` })
  assert.equal(said, "The setting DATABASE_URL leads to PostgreSQL 15.8, and Hilo needs 16 or newer.")
})

test("another secret than the database's", async () => {
  const said = await complaint({ HILO_SECRET: "a secret of somebody else" })
  assert.equal(said, "The setting HILO_SECRET is not the one that this database was set up with.")
})

test("a data folder that is a file", async () => {
  const file = join(folder, "a-file")
  writeFileSync(file, "")
  assert.match(await complaint({ HILO_DATA: file }), /^The setting HILO_DATA cannot be used: /)
  assert.match(await complaint({ HILO_DATA: join(file, "below") }), /^The setting HILO_DATA cannot be used: /)
})

/** Lets everybody in and answers every question with its version. */
function oldPostgres(version: string): (chunk: Buffer) => Buffer {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const ready = message("Z", Buffer.from("I"))
  const column = Buffer.concat([
    Buffer.from([0, 1]),
    Buffer.from("version\0"),
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]),
  ])
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, version.length]), Buffer.from(version)])
  const answer = [message("T", column), message("D", row), message("C", Buffer.from("SELECT 1\0")), ready]
  return (chunk) => (chunk[0] === 0x51 ? Buffer.concat(answer) : Buffer.concat([message("R", Buffer.alloc(4)), ready]))
}
