// A desk is backed up while messages come in, lost, and brought back elsewhere by the commands of docs/operating.md.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { test } from "node:test"
import type { Client } from "pg"
import { runningDatabaseUrl } from "#kernel/embedded-postgres/launcher.ts"
import { childEnv } from "../../bin/child-environment.ts"
import { testDatabase } from "../database.ts"
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
const picture = randomBytes(300_000)
// Nobody answers there.
const outside = { WHATSAPP_API_URL: "http://127.0.0.1:9", HILO_SECRET: "" }
const secretOf = (folder: string) => readFileSync(join(folder, "secret"), "utf8").trim()

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
  const { url } = await testDatabase()
  const lostFolder = dataFolder()
  const settings = { ...outside, HILO_DATA: lostFolder }
  const before = await deskAt({ databaseUrl: url, settings })
  const shop = await furnish(before)
  // Nothing else would use up so many ids while the test runs.
  const old = await session(url)
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

  // A job that waits for its hour; what it would do was done, so that it changes nothing.
  await old.query(`insert into queue.job (name, data, start_after)
    select name, data, now() + interval '1 day' from queue.job where name = 'send-farewell' limit 1`)
  let isBackedUp = false
  const acknowledged: string[] = []
  const writing = (async () => {
    // More events than 500 a client does not get again, however long the backup takes.
    while (!isBackedUp && acknowledged.length < 50)
      acknowledged.push(await saysAgain(before, shop.doorId, acknowledged.length))
  })()
  await waitUntil("messages come in", async () => acknowledged.length > 3)
  const safe = [...acknowledged]
  const backup = await run("backup", files, { ...settings, DATABASE_URL: url })
  isBackedUp = true
  await writing
  assert.deepEqual([backup.status, backup.error], [0, ""])
  assert.match(backup.out, /^Backed up \d+ tickets and 1 attachments: .*hilo\.backup, \S+ MB, \d+ s\.$/m)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(!readFileSync(file).includes(accessToken))
  const numberOf = async ({ call }: Desk, id: string) => String((await call("GET", `/tickets/${id}`))["number"])
  const lost = await numberOf(before, await says(before, shop.doorId))
  await before.hilo.kill()

  const folder = dataFolder()
  const restored = await run("restore", files, { ...outside, HILO_DATA: folder })
  assert.deepEqual([restored.status, restored.error], [0, ""])
  assert.match(restored.out, /^Restored the desk of \S+Z: \d+ tickets and 1 attachments\.$/m)
  assert.match(restored.out, /^Hilo is healthy\./m)
  assert.equal(secretOf(folder), secretOf(lostFolder))

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
  const next = await followsFrom(again, shop, back)
  assert.ok((await numberOf(again, next)) > lost, "what the lost desk gave after the backup is not given again")
  await fresh.query("update queue.job set start_after = now() where state = 'created' and name = 'send-farewell'")
  await fresh.query("select pg_notify('hilo_wake', 'test jobs')")
  await waitUntil("the job that waited is done", async () => {
    const { rows } = await fresh.query<{ left: number }>(
      "select count(*)::int as left from queue.job where state <> 'completed' and name = 'send-farewell'",
    )
    return rows[0]!.left === 0
  })
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
