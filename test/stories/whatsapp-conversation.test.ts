// A customer writes to a business number: from Meta's webhook to what an agent sees, with everything that runs in between.
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { startApp } from "../start-app.ts"
import { acting, member } from "../desks/test-desk.ts"
import { accessToken, appSecret, startFakeGraphApi, phoneNumberId, signed, webhook } from "../fakes/graph-api.ts"
import { dataFolder, waitUntil } from "../server-process.ts"
import { createConnection } from "#connections/index.ts"
import { from, text, verifyToken } from "../desks/whatsapp-number.ts"

const graph = await startFakeGraphApi()
const hilo = await startApp({ WHATSAPP_API_URL: graph.url, HILO_DATA: dataFolder() })
const settings = { phoneNumberId, accessToken, appSecret, verifyToken }
const connectionId = await acting(hilo, (act) =>
  createConnection(act, hilo.secrets, { kind: "whatsapp", name: "Ventas", settings }),
)
const ana = await member(hilo, { email: "ana@example.com", name: "Ana", role: "admin" })
const carla = { phone: "573001234567", bsuid: "CO.1502576394655843" }

async function posts(body: object): Promise<number> {
  const { payload, headers } = signed(body)
  const address = `${hilo.url}/webhooks/whatsapp/${connectionId}`
  return (await fetch(address, { method: "POST", body: payload, headers })).status
}

type TicketPage = {
  id: string
  content: string
  kind: string
  replyTo: string | null
  delivery: { state: string; reason?: string; code?: number }
  attachments: { id: string; state: string }[]
}
const tickets = async () =>
  (await ana.call("GET", `/tickets?connectionId=${connectionId}`)).body["items"] as { id: string; number: string }[]
const said = async () =>
  (await ana.call("GET", `/tickets/${(await tickets())[0]!.id}/messages`)).body["items"] as TicketPage[]

test("what she writes and the photo she sends are on one ticket, and the photo can be seen", async () => {
  const bytes = randomBytes(30_000)
  graph.files.set("900100", { bytes, mimeType: "image/png" })
  const image = { id: "900100", mime_type: "image/png", caption: "Llegó así" }
  assert.equal(await posts(webhook(from(carla, text("Mi pedido llegó roto", hilo.now())))), 200)
  assert.equal(await posts(webhook(from(carla, { type: "image", image, timestamp: "1795338000" }))), 200)
  await waitUntil("both messages are there", async () => (await tickets()).length === 1 && (await said()).length === 2)
  const photo = async () => (await said()).find((message) => message.content === "Llegó así")?.attachments[0]
  await waitUntil("the photo is fetched", async () => (await photo())?.state === "stored")
  const answer = await fetch(`${hilo.url}/api/v1/attachments/${(await photo())!.id}`, {
    headers: { authorization: `Bearer ${ana.key}` },
  })
  assert.equal(answer.headers.get("content-type"), "image/png")
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes)
})

test("she reacts to the answer, reads it, and what fails says why", async () => {
  const [ticket] = await tickets()
  const reply = await ana.call("POST", `/tickets/${ticket!.id}/messages`, { content: "Le enviamos otro" })
  assert.equal(reply.status, 201)
  await waitUntil("the answer has left", async () => graph.accepted.length === 1)
  const sent = graph.accepted[0]!
  const status = (id: string, more: object) => ({ statuses: [{ id, timestamp: "1795338100", ...more }] })
  const reaction = { message_id: sent.id, emoji: "❤️" }
  await posts(webhook(status(sent.id, { status: "read", recipient_id: carla.phone })))
  await posts(webhook(from(carla, { type: "reaction", reaction, timestamp: "1795338101" })))
  const ours = async () => (await said()).find((message) => message.id === reply.body["id"])
  await waitUntil("it is read", async () => (await ours())?.delivery.state === "read")
  await waitUntil("the reaction is on it", async () =>
    (await said()).some((message) => message.kind === "reaction" && message.replyTo === reply.body["id"]),
  )
  const second = await ana.call("POST", `/tickets/${ticket!.id}/messages`, { content: "¿Sigue ahí?" })
  const errors = [{ code: 131026, title: "Message undeliverable" }]
  await posts(
    webhook(status(newId("wamid"), { status: "failed", errors, biz_opaque_callback_data: second.body["id"] })),
  )
  const failed = async () => (await said()).find((message) => message.id === second.body["id"])?.delivery
  await waitUntil("the failure shows", async () => (await failed())?.state === "failed")
  assert.deepEqual([(await failed())?.reason, (await failed())?.code], ["undeliverable", 131026])
  assert.equal((await tickets()).length, 1)
})
