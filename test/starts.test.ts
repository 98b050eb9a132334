// A start that cannot go on says why in one line that names the setting, and leaves nothing running.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { after, before, test } from "node:test"
import { clusterIn, freePort, runningPostmaster } from "#kernel/postgres-cluster.ts"
import { childEnv } from "../bin/steps.ts"
import { testDatabase } from "./database.ts"
import { dataFolder, startHilo } from "./hilo.ts"

const root = join(import.meta.dirname, "..")
const { url } = await testDatabase()
const folder = dataFolder()

before(async () => {
  await (await startHilo({ databaseUrl: url })).stop()
})

/** What `serve` says before it gives up. */
async function complaint(settings: Record<string, string>): Promise<string> {
  const own = { PORT: String(await freePort()), HILO_DATA: folder, HILO_SECRET: "one secret for all servers of a test" }
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
})

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
  const told = [message("T", column), message("D", row), message("C", Buffer.from("SELECT 1\0")), ready]
  return (chunk) => (chunk[0] === 0x51 ? Buffer.concat(told) : Buffer.concat([message("R", Buffer.alloc(4)), ready]))
}
