// Two servers on one database, killed at random while everybody writes: nothing acknowledged is lost, nothing is done twice.
// A few rounds in the suite. A hundred: HILO_ROUNDS=100 node bin/node.mjs test/stories/servers-killed-at-random.test.ts
// HILO_SEED=NUMBER has others killed at other instants.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { createSeededRandom } from "../../demo/seeded-random.ts"
import { openDatabase } from "#kernel/db.ts"
import { testDatabase } from "../database.ts"
import { accessToken, appSecret, startFakeGraphApi, phoneNumberId, wabaId } from "../fakes/graph-api.ts"
import { ask, dataFolder, type Hilo, keyFor, startHilo, waitUntil } from "../server-process.ts"
import { seed } from "../fast-check-seed.ts"
import { checkJournals, checkLog, createLogWatch } from "./check-after-kills.ts"
import { createWriters, longEnoughMs } from "./retrying-senders-by-api-and-webhook.ts"

const rounds = Number(process.env["HILO_ROUNDS"] ?? 3)
// Apart, so that who is killed when does not follow from who happened to write.
const [random, fate] = [createSeededRandom(seed), createSeededRandom(seed + 1)]

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 3 })
after(() => db.close())
const graph = await startFakeGraphApi()
const body = { type: "BODY", text: "Hola {{1}}, mañana hay corte" }
graph.templates = [{ name: "corte", language: "es", category: "UTILITY", status: "APPROVED", components: [body] }]

const folders = [dataFolder(), dataFolder()]
const start = (n: number, port?: number) =>
  startHilo({ databaseUrl, folder: folders[n]!, settings: { WHATSAPP_API_URL: graph.url } }, port)
const servers: Hilo[] = await Promise.all([start(0), start(1)])
const key = await keyFor({ databaseUrl }, "admin")

async function make(path: string, body: object): Promise<string> {
  const answer = await ask(servers[0]!.url, key, "POST", path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return String(answer.body["id"])
}

async function dies(n: number) {
  await servers[n]!.kill()
  servers[n] = await start(n, Number(new URL(servers[n]!.url).port))
}

test(`two servers killed at random for ${rounds} rounds lose nothing and do nothing twice (HILO_SEED=${seed})`, async (t) => {
  const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }
  const number = await make("/connections", { kind: "whatsapp", name: "Número", greeting: "Bienvenida", settings })
  await make(`/connections/${number}/templates/sync`, {})
  const api = await make("/connections", { kind: "api", name: "Puerta" })
  const writers = createWriters({ urls: servers.map(({ url }) => url), key, api, number, random })
  const watch = createLogWatch(db)
  const tickets = async () => {
    // A ticket that an agent takes first is not greeted.
    const text = "select ticket_id as id from messages where content = 'Bienvenida'"
    return (await db.pool.query<{ id: string }>(text)).rows.map(({ id }) => id)
  }
  await Promise.all(Array.from({ length: 10 }, writers.hear))
  await waitUntil("there are tickets to answer", async () => (await tickets()).length >= 5)

  const killed = [0, 0]
  for (let round = 1; round <= rounds; round++) {
    const answerable = await tickets()
    const before = writers.count.acknowledged
    const times = async (count: number, work: () => Promise<unknown>) => {
      for (let i = 0; i < count; i++) await work()
    }
    const writing = Promise.all([
      ...[0, 1, 2].map(() => times(5, writers.say)),
      ...[0, 1].map(() => times(4, writers.hear)),
      ...[0, 1].map(() => times(4, () => writers.reply(answerable))),
      writers.campaign(8),
    ])
    const victims = fate.pick([[0], [1], [0, 1]])
    const killing = victims.map(async (n) => {
      // An instant by chance: after some answers, and then anywhere in what is at work.
      const [answers, ms] = [fate.whole(0, 20), fate.between(0, 40)]
      await waitUntil("so many were answered", async () => writers.count.acknowledged >= before + answers, longEnoughMs)
      await pause(ms)
      await dies(n)
      killed[n]!++
    })
    await Promise.all([writing, ...killing])
    await watch.look()
  }

  // Nobody is at work: what dead servers had begun is judged as their leases run out, which is now.
  await Promise.all(servers.map((server) => server.kill()))
  await db.pool.query("update sends set claimed_at = claimed_at - interval '2 minutes' where state = 'sending'")
  await db.pool.query("update queue.job set state = 'retry', start_after = now() where state in ('active', 'retry')")
  for (const n of [0, 1]) servers[n] = await start(n)
  await waitUntil("nothing is left to do", async () => (await left()) === 0, longEnoughMs)
  await watch.look()
  await checkLog(db, servers)
  const figures = await checkJournals(db, writers, { api, number, accepted: graph.accepted })
  t.diagnostic(JSON.stringify({ rounds, killed, again: writers.count.again, ...figures }))
})

/** Deliveries to process, messages to send, recipients to write to, events to place and to react to, jobs to do: at one instant. */
async function left(): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(
    `select (select count(*) from webhook_deliveries where state = 'stored')
      + (select count(*) from sends where state in ('queued', 'sending'))
      + (select count(*) from campaigns where status = 'running')
      + (select count(*) from events where position is null)
      + (select count(*) from event_readers where position < (select max(position) from events))
      + (select count(*) from queue.job where state in ('created', 'retry', 'active')
          and name not like '%.dead' and name not like '\\_\\_%' and start_after < now() + interval '1 hour') as n`,
  )
  return rows[0]!.n
}
