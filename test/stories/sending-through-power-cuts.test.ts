// Sending, by real servers whose power goes in the middle and through a network that loses answers.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { testDatabase } from "../database.ts"
import {
  approvedTemplate,
  accessToken,
  appSecret,
  startFakeGraphApi,
  phoneNumberId,
  signed,
  statusWebhook,
  wabaId,
  webhook,
} from "../fakes/graph-api.ts"
import { ask, keyFor, startHilo, waitUntil } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 2 })
after(() => db.close())
const graph = await startFakeGraphApi()
graph.templates = [approvedTemplate("corte", "Hola {{1}}, mañana hay corte")]
const where = { databaseUrl, settings: { WHATSAPP_API_URL: graph.url } }
const servers = await Promise.all([startHilo(where), startHilo(where)])
let one = servers[0]
const two = servers[1]
const key = await keyFor(where, "admin")
const people = 240

async function post<Body>(path: string, body: object) {
  const answer = await ask<Body>(two.url, key, "POST", path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body
}

async function connect(): Promise<string> {
  const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }
  const { id } = await post<{ id: string }>("/connections", { kind: "whatsapp", name: "Hilo", settings })
  await post(`/connections/${id}/templates/sync`, {})
  return id
}

async function start(connectionId: string): Promise<string> {
  const template = { name: "corte", language: "es", parameters: ["{name}"] }
  const { id } = await post<{ id: string }>("/campaigns", { name: "Corte", kind: "messaging", connectionId, template })
  const lines = Array.from({ length: people }, (_, i) => `+5730099${String(i).padStart(5, "0")},Cliente ${i}`)
  await post(`/campaigns/${id}/recipients`, { csv: ["phone,name", ...lines].join("\n") })
  assert.equal((await ask(two.url, key, "PUT", `/campaigns/${id}/status`, { status: "running" })).status, 200)
  return id
}

test("three power cuts in the middle of a campaign send nobody the same message twice", async () => {
  const id = await start(await connect())
  for (const written of [40, 90, 150]) {
    await waitUntil(`${written} were written to`, async () => graph.tries.length >= written)
    await one.kill()
    one = await startHilo(where)
  }
  const progressOf = async () =>
    (await ask<{ status: string; progress: Record<string, number> }>(two.url, key, "GET", `/campaigns/${id}`)).body
  await waitUntil("everybody is judged", async () => {
    const { status, progress } = await progressOf()
    const { rows } = await db.pool.query("select count(*) as n from sends where state in ('queued', 'sending')")
    // What a dead server had claimed is judged when its lease is over; that is another test's matter.
    const left = rows[0].n as number
    return status === "done" && progress["sent"]! + left >= people && graph.tries.length + left >= people
  })
  const recipients = graph.accepted.map((it) => it.to)
  assert.equal(new Set(recipients).size, recipients.length, "nobody twice")
  assert.ok(recipients.length > people - 40 * 3, `${recipients.length} of ${people}`)
  const { rows } = await db.pool.query(
    `select count(*) as n, count(distinct contact_id) as contacts from tickets where campaign_shipment_id is not null`,
  )
  assert.deepEqual(rows[0], { n: people, contacts: people })
})

test("an answer that Meta never confirmed is settled by the reports that it posts, in any order and twice", async () => {
  const { rows } = await db.pool.query("select connection_id as id from campaigns")
  const listen = async (body: object) => {
    const { payload, headers } = signed(body)
    const response = await fetch(`${two.url}/webhooks/whatsapp/${rows[0].id}`, {
      method: "POST",
      headers,
      body: payload,
    })
    assert.equal(response.status, 200)
  }
  const from = "573005551111"
  const said = {
    from,
    id: "wamid.in",
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: "text",
    text: { body: "hola" },
  }
  await listen(webhook({ contacts: [{ wa_id: from, profile: { name: "Carla" } }], messages: [said] }))
  const ticket = async () => {
    const { rows } = await db.pool.query("select ticket_id as id from messages where external_id = 'wamid.in'")
    return rows[0]?.id as string | undefined
  }
  await waitUntil("her message has its ticket", async () => (await ticket()) !== undefined)
  graph.script = [{ does: "no-answer" }]
  const { id } = await post<{ id: string }>(`/tickets/${await ticket()}/messages`, { content: "sí" })
  const state = async () =>
    (await db.pool.query("select delivery_state as state from messages where id = $1", [id])).rows[0].state as string
  await waitUntil("nobody knows", async () => (await state()) === "unknown")
  const accepted = graph.accepted.find((it) => it.callback === id)!
  for (const status of ["read", "sent", "delivered", "read"] as const) await listen(statusWebhook(accepted, status))
  await waitUntil("it is read", async () => (await state()) === "read")
  assert.equal(graph.tries.filter((it) => it["biz_opaque_callback_data"] === id).length, 1)
})
