// What a power cut, a dying database and a new release may do to those who write meanwhile: nothing that they notice for long.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Client } from "pg"
import { openDatabase } from "#kernel/db.ts"
import { runningDatabaseUrl, startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { testDatabase } from "../database.ts"
import {
  ask,
  dataFolder,
  type Hilo,
  keyFor,
  readiness,
  startHilo,
  type TakenPort,
  waitUntil,
} from "../server-process.ts"
import { checkAgainst, createCrowd, type Entry, type RefusedRequest } from "./customer-crowd-and-journal.ts"

const folder = dataFolder()
let hilo: Hilo = await startHilo({ folder })
const key = await keyFor({ folder }, "admin")

async function newConnection(url: string, name: string, byKey = key): Promise<string> {
  const { status, body } = await ask(url, byKey, "POST", "/connections", { kind: "api", name })
  assert.equal(status, 201)
  return String(body["id"])
}

async function withEmbedded(work: (db: ReturnType<typeof openDatabase>["kysely"]) => Promise<void>) {
  const db = openDatabase(runningDatabaseUrl(folder)!, { max: 1 })
  await work(db.kysely).finally(() => db.close())
}

test("the power goes while messages come in: nothing acknowledged is lost and it starts again by itself", async (t) => {
  const connection = await newConnection(hilo.url, "Power cut")
  const crowd = createCrowd({ urls: [hilo.url], key, connection, contacts: 5 })
  t.after(crowd.finish)
  for (let cuts = 1; cuts <= 2; cuts++) {
    const before = crowd.acknowledged()
    const sending = crowd.start(8)
    await waitUntil("many messages were acknowledged", async () => crowd.acknowledged() >= before + 150)
    await hilo.kill()
    crowd.finish()
    await sending
    hilo = await startHilo({ folder }, Number(new URL(hilo.url).port))
  }
  await crowd.resend(hilo.url)
  await withEmbedded((db) => checkAgainst(crowd.journal, db, connection))
})

test("the embedded database alone is killed: senders are asked to retry, and soon it is there again", async (t) => {
  const connection = await newConnection(hilo.url, "Postmaster killed")
  const crowd = createCrowd({ urls: [hilo.url], key, connection, contacts: 5 })
  t.after(crowd.finish)
  const sending = crowd.start(8)
  await waitUntil("messages come in", async () => crowd.acknowledged() >= 50)
  // Several times: each finds other work under way.
  for (let kills = 1; kills <= 4; kills++) {
    const refused = refusedOnes(crowd.journal)
    hilo.killPostmaster()
    await waitUntil("senders noticed", async () => {
      assert.equal(hilo.child.exitCode, null, "Hilo itself ended")
      return refusedOnes(crowd.journal) > refused
    })
    const unwell = crowd.acknowledged()
    await waitUntil("messages come in again", async () => crowd.acknowledged() >= unwell + 50)
  }
  crowd.finish()
  await sending
  assert.deepEqual(waysOfRefusing(crowd.journal), ["503 unavailable, come back later"])
  await crowd.resend(hilo.url)
  await withEmbedded((db) => checkAgainst(crowd.journal, db, connection))
})

test("a database elsewhere goes away: 503 and not ready until it is back, then all is well without a restart", async (t) => {
  const elsewhere = dataFolder()
  const first = await startEmbeddedPostgres(elsewhere, { durable: false })
  const where = { databaseUrl: first.url }
  const server = await startHilo(where)
  const byKey = await keyFor(where, "admin")
  const connection = await newConnection(server.url, "Elsewhere", byKey)
  const crowd = createCrowd({ urls: [server.url], key: byKey, connection, contacts: 5 })
  t.after(crowd.finish)
  const sending = crowd.start(4)
  await waitUntil("messages come in", async () => crowd.acknowledged() >= 20)
  await first.stop()
  await waitUntil("it says that it is not ready", async () => (await readiness(server.url)) === 503)
  const noticed = crowd.journal.length
  await waitUntil(
    "senders are refused",
    async () => crowd.journal.slice(noticed).filter((e) => e.refusals.length > 0).length >= 10,
  )
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
  const again = await startEmbeddedPostgres(elsewhere, { durable: false })
  t.after(() => again.stop())
  t.after(server.kill)
  await waitUntil("it is ready again", async () => (await readiness(server.url)) === 200)
  const healed = crowd.acknowledged()
  await waitUntil("messages come in again", async () => crowd.acknowledged() >= healed + 20)
  crowd.finish()
  await sending
  assert.deepEqual(waysOfRefusing(crowd.journal), ["503 unavailable, come back later"])
  await crowd.resend(server.url)
  const db = openDatabase(again.url, { max: 1 })
  await checkAgainst(crowd.journal, db.kysely, connection).finally(() => db.close())
})

const refusedOnes = (journal: Entry[]) => journal.filter(({ refusals }) => refusals.length > 0).length

function waysOfRefusing(journal: Entry[]): string[] {
  const inWords = ({ status, body, headers }: RefusedRequest) =>
    `${status} ${body.code}, ${Number(headers.get("retry-after")) > 0 ? "come back later" : "no idea when"}`
  return [...new Set(journal.flatMap(({ refusals }) => refusals.map(inWords)))]
}

test("a rolling restart: whatever the old server accepted is answered, and the other one goes on", async (t) => {
  const { url: databaseUrl } = await testDatabase()
  const [old, other] = await Promise.all([startHilo({ databaseUrl }), startHilo({ databaseUrl })])
  const db = openDatabase(databaseUrl, { max: 2 })
  const holder = new Client({ connectionString: databaseUrl })
  await holder.connect()
  t.after(() => Promise.all([holder.end(), db.close()]))
  const byKey = await keyFor({ databaseUrl }, "admin")
  const connection = await newConnection(other.url, "Rolling", byKey)
  const slow = await newConnection(other.url, "Slow", byKey)
  const say = (externalId: string, id: string) =>
    ask<TakenPort>(old.url, byKey, "POST", `/connections/${slow}/messages`, {
      externalId,
      text: "hola",
      contact: { id },
    })
  // Five, because the messages of one wait for each other in the server.
  const people = ["ana", "bea", "carla", "dora", "eva"]
  await Promise.all(people.map((id) => say(`first-${id}`, id)))
  const crowd = createCrowd({ urls: [old.url, other.url], key: byKey, connection, contacts: 5 })
  t.after(crowd.finish)
  const sending = crowd.start(4)
  await holder.query("begin")
  await holder.query("select from tickets where connection_id = $1 for update", [slow])
  const accepted = people.map((id) => say(`accepted-${id}`, id))
  await waitUntil("five messages wait for their tickets", async () => (await waitingForLocks(db)) === 5)
  const ended = old.stop()
  await waitUntil("the old server takes nothing new", async () => (await readiness(old.url)) !== 200)
  await holder.query("rollback")
  assert.deepEqual(
    (await Promise.all(accepted)).map(({ status }) => status),
    [200, 200, 200, 200, 200],
  )
  assert.equal(await ended, 0)
  const before = crowd.acknowledged()
  await waitUntil("the other server goes on", async () => crowd.acknowledged() >= before + 50)
  crowd.finish()
  await sending
  assert.deepEqual(
    crowd.journal.flatMap((entry) => entry.refusals),
    [],
  )
  await crowd.resend(other.url)
  await checkAgainst(crowd.journal, db.kysely, connection)
})

async function waitingForLocks({ pool }: ReturnType<typeof openDatabase>): Promise<number> {
  const joining = "datname = current_database() and wait_event_type = 'Lock' and query like 'with lookup as%'"
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n from pg_stat_activity where ${joining}`)
  return rows[0]!.n
}
