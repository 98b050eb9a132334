// The disk fills up, of the files and then of the database: senders are asked to retry, nothing is half kept, and with room
// all goes on. It takes a file system of its own, which only root may mount.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chownSync, mkdirSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { after, test } from "node:test"
import { Client } from "pg"
import { clusterIn, credentials, runningPostmaster } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { ask, dataFolder, keyFor, startHilo, type TakenPort, waitUntil } from "../server-process.ts"

const folder = dataFolder()
const run = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: "ignore" }).status === 0
const mounted: string[] = []

/** A file system of so many kilobytes; false where we may not. */
function mount(path: string, kilobytes: number): boolean {
  mkdirSync(path, { recursive: true })
  const isThere = run("mount", "-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", path)
  if (isThere) mounted.unshift(path)
  return isThere
}

const files = join(folder, "attachments")
const canMount = process.getuid?.() === 0 && mount(files, 2_048)
const asRoot = { skip: !canMount && "only root may mount a small file system" }
const hilo = await startHilo({ folder })
const key = await keyFor({ folder }, "admin")
after(async () => {
  await hilo.kill()
  for (const path of mounted) run("umount", "-l", path)
})

async function upload(bytes: number) {
  const form = new FormData()
  form.set("file", new Blob([randomBytes(bytes)]), "a.bin")
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(`${hilo.url}/api/v1/attachments`, { method: "POST", headers, body: form })
  const { code } = (await answer.json()) as { code?: string }
  return { status: answer.status, code, comesBack: answer.headers.get("retry-after") !== null }
}

const isWarned = async () => {
  const answer = await fetch(`${hilo.url}/readyz`)
  const { warnings } = (await answer.json()) as { warnings: string[] }
  return answer.status === 200 && warnings.includes("disk full")
}

const noRoom = { status: 507, code: "disk_full", comesBack: true }

test("no room for a file: it is refused whole, and a smaller one is taken", asRoot, async () => {
  assert.deepEqual(await upload(4_000_000), noRoom)
  assert.deepEqual(readdirSync(files), [], "no draft stays")
  assert.equal((await upload(100_000)).status, 201)
  await waitUntil("it is said where operators look", isWarned)
})

test("no room for the database: what is acknowledged is there, the rest can be sent again", asRoot, async () => {
  const small = `${folder}-small`
  await using admin = await asSuperuser()
  assert.ok(mount(small, 1_024))
  const { uid, gid } = statSync(`/proc/${runningPostmaster(clusterIn(folder))!.pid}`)
  chownSync(small, uid, gid)
  await admin.query(`create tablespace small location '${small}'`)
  await admin.query("alter table messages set tablespace small")
  const { body } = await ask<{ id: string }>(hilo.url, key, "POST", "/connections", { kind: "api", name: "Full" })
  const say = (n: number, text: string) =>
    ask<TakenPort & { code?: string }>(hilo.url, key, "POST", `/connections/${body.id}/messages`, {
      externalId: `m-${n}`,
      contact: { id: `+57300777${String(n).padStart(4, "0")}` },
      text,
    })
  const taken: string[] = []
  let n = 0
  const text = randomBytes(4_000).toString("base64")
  let said = await say(n, text)
  for (; said.status === 200; said = await say(++n, text)) taken.push(`m-${n}`)
  assert.deepEqual([said.status, said.body.code, said.headers.get("retry-after") !== null], [507, "disk_full", true])
  assert.ok(await isWarned())
  assert.equal((await ask(hilo.url, key, "GET", "/tickets")).status, 200, "who reads goes on")
  const kept = async () =>
    (
      await admin.query<{ id: string; t: string }>(
        "select external_id as id, ticket_id as t from messages where direction = 'in' order by id",
      )
    ).rows
  assert.deepEqual((await kept()).map(({ id }) => id).toSorted(), taken.toSorted())
  const tickets = await admin.query("select from tickets where message_count = 0")
  assert.equal(tickets.rowCount, 0, "no ticket without its message")
  assert.ok(run("mount", "-o", "remount,size=65536k", small))
  assert.equal((await say(n, text)).body.decision.action, "created")
  assert.equal((await kept()).length, taken.length + 1)
})

async function asSuperuser() {
  const { password, port } = credentials(clusterIn(folder))
  const client = new Client({ connectionString: `postgres://hilo:${password}@127.0.0.1:${port}/hilo` })
  client.on("error", () => {})
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}
