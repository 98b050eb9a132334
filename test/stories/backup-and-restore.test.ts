// A desk is backed up while messages come in, lost, and brought back elsewhere by the commands of docs/operating.md.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { readFileSync, statSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer, text } from "node:stream/consumers"
import { after, test } from "node:test"
import { Client } from "pg"
import { BackupError, openBackupFile, restoreBackup, writeBackup } from "#backup/index.ts"
import { runningDatabaseUrl } from "#kernel/embedded-postgres/launcher.ts"
import { type FileStorage, openFileStorage } from "#kernel/storage/file-storage.ts"
import { dumpSchema } from "#kernel/database/dump-schema.ts"
import { childEnv } from "../../bin/child-environment.ts"
import { emptyDatabase, testDatabase } from "../database.ts"
import {
  assignee,
  close,
  type Desk,
  deskAt,
  farewells,
  followsFrom,
  furnish,
  listen,
  says,
  session,
} from "../desks/desk-of-real-servers.ts"
import { from, text as textMessage, verifyToken } from "../desks/whatsapp-number.ts"
import { accessToken, appSecret, phoneNumberId, signed, webhook } from "../fakes/graph-api.ts"
import { ask, dataFolder, type TakenPort, waitUntil } from "../server-process.ts"

const root = join(import.meta.dirname, "../..")
const documented = readFileSync(join(root, "docs/operating.md"), "utf8")
const passphrase = "four words nobody guesses"

/** Runs the command as docs/operating.md writes it, in a folder where its file is to be. */
async function run(command: "backup" | "restore", cwd: string, settings: Record<string, string>) {
  const line = new RegExp(`^npm run -s hilo -- (${command} .*)$`, "m").exec(documented)?.[1]
  assert.ok(line, `docs/operating.md does not tell how to ${command}`)
  const env = childEnv({ HILO_BACKUP_PASSPHRASE: passphrase, ...settings })
  const child = spawn(process.execPath, [join(root, "src/main.ts"), ...line.split(" ")], { cwd, env, stdio: "pipe" })
  const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")])
  return { status: status as number | null, out, error }
}

const files = dataFolder()
const file = join(files, "hilo.backup")
const lost = { folder: dataFolder(), url: "" }
const picture = randomBytes(300_000)
// Nobody answers there.
const outside = { WHATSAPP_API_URL: "http://127.0.0.1:9", HILO_SECRET: "" }
const secretOf = (folder: string) => readFileSync(join(folder, "secret"), "utf8").trim()
const storageOf = (folder: string) => openFileStorage(join(folder, "attachments"))

async function upload(url: string, key: string) {
  const body = new FormData()
  body.set("file", new File([picture], "foto.bin"))
  const headers = { authorization: `Bearer ${key}` }
  return (await (await fetch(`${url}/api/v1/attachments`, { method: "POST", headers, body })).json()) as { id: string }
}

const lastTransaction = async (client: Client) =>
  Number((await client.query<{ id: string }>("select pg_current_xact_id()::text as id")).rows[0]!.id)

/** One more message in one customer's conversation. */
async function saysAgain({ hilo, admin }: Desk, connectionId: string, n: number): Promise<string> {
  const message = { externalId: `again-${n}`, contact: { id: "+573001113000", name: "Eva" }, text: `${n}` }
  const { body } = await ask<TakenPort>(hilo.url, admin, "POST", `/connections/${connectionId}/messages`, message)
  return body.message.id
}

test("a desk that was backed up while messages came in goes on where it was restored, in a cluster with lower transaction ids: no reader repeats or skips, and a reconnecting client gets what it missed", async () => {
  lost.url = (await testDatabase()).url
  const settings = { ...outside, HILO_DATA: lost.folder }
  const before = await deskAt({ databaseUrl: lost.url, settings })
  const shop = await furnish(before)
  // Nothing else would use up so many ids while the test runs.
  const old = await session(lost.url)
  await old.query("do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$")
  const number = { phoneNumberId, accessToken, appSecret, verifyToken }
  const { id: numberId } = await before.call("POST", "/connections", {
    kind: "whatsapp",
    name: "Ventas",
    settings: number,
  })
  const listener = listen(before)
  await listener.isReady()
  const first = await followsFrom(before, shop, listener)
  const { id: fileId } = await upload(before.hilo.url, before.admin)
  await before.call("POST", `/connections/${shop.doorId}/messages`, {
    externalId: "with a file",
    contact: { id: "+573001112000", name: "Ana" },
    attachments: [fileId],
  })
  const seen = String(listener.received.findLast(({ body }) => body["eventId"] !== undefined)!.body["eventId"])
  const missed = await says(before, shop.doorId)
  await waitUntil("somebody has it", async () => (await assignee(before, missed)) !== null)
  await close(before, missed)

  let isBackedUp = false
  const acknowledged: string[] = []
  const writing = (async () => {
    while (!isBackedUp) acknowledged.push(await saysAgain(before, shop.doorId, acknowledged.length))
  })()
  await waitUntil("messages come in", async () => acknowledged.length > 3)
  const safe = [...acknowledged]
  const backup = await run("backup", files, { ...settings, DATABASE_URL: lost.url })
  isBackedUp = true
  await writing
  assert.deepEqual([backup.status, backup.error], [0, ""])
  assert.match(backup.out, /^Backed up \d+ tickets and 1 attachments: .*hilo\.backup, \S+ MB, \d+ s\.$/m)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(!readFileSync(file).includes(accessToken))
  await before.hilo.kill()

  const folder = dataFolder()
  const restored = await run("restore", files, { ...outside, HILO_DATA: folder })
  assert.deepEqual([restored.status, restored.error], [0, ""])
  assert.match(restored.out, /^Restored the desk of \S+Z: \d+ tickets and 1 attachments\.$/m)
  assert.match(restored.out, /^Hilo is healthy\.$/m)
  assert.equal(secretOf(folder), secretOf(lost.folder))

  const again = await deskAt({ folder, settings: outside }, before.admin)
  const back = listen(again, seen)
  await back.isReady()
  assert.ok(back.received.some(({ name, body }) => name === "ticket:created" && body["ticketId"] === missed))
  assert.ok(!back.received.some(({ name, body }) => name === "ticket:created" && body["ticketId"] === first))
  const fresh = await session(runningDatabaseUrl(folder)!)
  const kept = await fresh.query("select from messages where id = any($1)", [safe])
  assert.equal(kept.rowCount, safe.length)
  assert.ok((await lastTransaction(fresh)) < (await lastTransaction(old)))
  await ask(again.hilo.url, shop.agent, "PUT", "/me/presence", { status: "online" })
  await followsFrom(again, shop, back)
  for (const id of [first, missed]) assert.equal(await farewells(again, id), 1)
  const headers = { authorization: `Bearer ${before.admin}` }
  const download = await fetch(`${again.hilo.url}/api/v1/attachments/${fileId}`, { headers })
  assert.ok(Buffer.from(await download.arrayBuffer()).equals(picture))
  const { payload, headers: signature } = signed(
    webhook(from({ phone: "573001112999" }, textMessage("hola", new Date()))),
  )
  const address = `${again.hilo.url}/webhooks/whatsapp/${String(numberId)}`
  assert.equal((await fetch(address, { method: "POST", body: payload, headers: signature })).status, 200)
  await waitUntil("the number's secrets are open", async () => {
    const { items } = (await again.call("GET", `/tickets?connectionId=${String(numberId)}`)) as { items: unknown[] }
    return items.length === 1
  })
})

const nothing = { onProgress: () => {}, signal: new AbortController().signal }
const quietFile = join(files, "quiet.backup")
const secret = "a secret for tests only"
const anyDesk = { isForced: false, accept: () => {}, beforeCommit: async () => {}, onProgress: () => {} }

async function restoreTo(url: string, options: Partial<typeof anyDesk> = {}, storage = storageOf(files)) {
  return restoreBackup(await openBackupFile(quietFile, passphrase), { url, storage }, { ...anyDesk, ...options })
}

/** Of each table how many rows there are and what they are; what the queue's own tables count is not theirs. */
async function contentsOf(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', relnamespace::regnamespace, relname) as name from pg_class where relkind in ('r', 'p') and not relispartition
     and (relnamespace = 'public'::regnamespace or oid in ('queue.job'::regclass, 'queue.queue'::regclass, 'queue.schedule'::regclass))`,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const all = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as all from ${name} t`
    found[name] = (await client.query<{ all: string }>(all)).rows[0]!.all
  }
  const numbers =
    "select string_agg(sequencename || ' ' || coalesce(last_value, 0), ',' order by sequencename) as all from pg_sequences"
  return {
    ...found,
    numbers: (await client.query<{ all: string }>(`${numbers} where schemaname = 'public'`)).rows[0]!.all,
  }
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
  const storage = openFileStorage(
    dataFolder(),
    `http://key:word@127.0.0.1:${(server.address() as AddressInfo).port}/desk`,
  )
  return { objects, storage }
}

test("every row, number, index, constraint and trigger is what it was; attachments come from a folder into a bucket", async () => {
  const source = { url: lost.url, secret, storage: storageOf(lost.folder) }
  const summary = await writeBackup(source, { path: quietFile, passphrase, ...nothing })
  assert.deepEqual([summary.files, summary.missing], [1, []])
  const { url } = await emptyDatabase()
  const { objects, storage } = await bucket()
  const { refused, damaged } = await restoreTo(url, {}, storage)
  assert.deepEqual([refused, damaged], [[], []])
  assert.deepEqual(
    [...objects.values()].map((bytes) => bytes.equals(picture)),
    [true],
  )
  const [old, fresh] = [await session(lost.url), await session(url)]
  assert.deepEqual(await contentsOf(fresh), await contentsOf(old))
  assert.equal(await dumpSchema(fresh), await dumpSchema(old))
  assert.equal((await fresh.query("select from pg_trigger where tgenabled <> 'O'")).rowCount, 0)
})

test("what stands in the way is said in one line and changes nothing; attachments that are missing or damaged are named and keep nothing else", async () => {
  const { url } = await testDatabase()
  const client = await session(url)
  const restoring = (options = {}) => restoreTo(url, { isForced: true, ...options })
  const refused = (message: RegExp) => (error: Error) =>
    error instanceof BackupError && message.test(error.message) && !error.message.includes("\n")
  await client.query("insert into settings (name, value) values ('mine', '1')")
  const before = await dumpSchema(client)

  const bytes = readFileSync(quietFile)
  const flipped = Buffer.from(bytes)
  flipped[bytes.length - 100] = flipped[bytes.length - 100]! ^ 1
  writeFileSync(quietFile, flipped)
  await assert.rejects(restoring(), refused(/quiet\.backup is damaged at byte \d+\.$/))
  writeFileSync(quietFile, bytes)
  const stop = () => {
    throw new BackupError("not that secret")
  }
  await assert.rejects(restoring({ accept: stop }), refused(/not that secret/))

  const server = new Client({ connectionString: url, application_name: "hilo worker" })
  await server.connect()
  await assert.rejects(
    restoring(),
    refused(/^Hilo works on this database \(hilo worker, session \d+\): stop it first\.$/),
  )
  await server.end()
  assert.equal((await client.query("select from settings where name = 'mine'")).rowCount, 1)
  assert.equal(await dumpSchema(client), before)

  await client.query(`insert into tickets (id, kind, status, subject, channel, last_message_at, created_by_kind, created_at, updated_at)
    values ('tkt_1', 'support', 'open', 'Mine', 'web', now(), 'system', now(), now())`)
  await assert.rejects(restoring({ isForced: false }), refused(/holds tickets\. --force/))
  await rm(quietFile)
  const elsewhere = storageOf(files)
  const backup = (storage: FileStorage) =>
    writeBackup({ url: lost.url, secret, storage }, { path: quietFile, passphrase, ...nothing })
  const { missing } = await backup(elsewhere)
  assert.equal(missing.length, 1)
  await rm(quietFile)
  await backup({ ...elsewhere, has: async () => true, read: () => Readable.from([Buffer.from("other bytes")]) })
  const { damaged } = await restoring()
  assert.deepEqual(damaged, missing)
  assert.equal((await client.query("select from tickets where id = 'tkt_1'")).rowCount, 0)

  const other = await emptyDatabase()
  await (await session(other.url)).query("create table invoices (id int)")
  await assert.rejects(restoreTo(other.url), refused(/tables that are not Hilo's \(invoices\)/))
})
