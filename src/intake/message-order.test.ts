// What was said stands in the order in which it came, whatever the clocks and whichever server receives it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { connectionRoutes } from "#connections/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { processDeliveries, webhookRoutes } from "#incoming-webhooks/index.ts"
import { releaseHeldDeliveries } from "#incoming-webhooks/webhook-delivery-store.ts"

const desk = await openDesk((app, kit) => {
  webhookRoutes(app, kit)
  connectionRoutes(app, kit)
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const number = await openNumber(desk)
let last = 0
const newPhone = () => `57301700${String(++last).padStart(4, "0")}`
const words = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho"]

type ListedTicket = { id: string; preview: { text: string } | null }
async function thread() {
  const { body } = await root.call("GET", "/tickets?limit=1")
  const [ticket] = body["items"] as ListedTicket[]
  const said = await root.call("GET", `/tickets/${ticket!.id}/messages`)
  const messages = said.body["items"] as { id: string; content: string }[]
  return { ...ticket!, messages, texts: messages.map(({ content }) => content) }
}

test("texts of one webhook and of one second stand as they stood in it, and the last is the preview", async () => {
  const phone = newPhone()
  await number.hears(...words.map((body) => from({ phone }, text(body, desk.now()))))
  await processWebhooks(desk)
  const { texts, preview } = await thread()
  assert.deepEqual([texts, preview?.text], [words, "ocho"])
  await number.hears(...words.toReversed().map((body) => from({ phone }, text(body, desk.now()))))
  await processWebhooks(desk)
  assert.deepEqual((await thread()).texts, [...words, ...words.toReversed()])
})

test("webhooks that come at once stand in the order in which they came, whichever is processed first", async () => {
  const phone = newPhone()
  await Promise.all(words.map((body) => number.hears(from({ phone }, text(body, desk.now())))))
  // One that another server processes first.
  await desk.db.pool.query(
    "update webhook_deliveries set next_at = next_at + interval '1 minute' where state = 'stored' and body not like '%\"cinco\"%'",
  )
  await processDeliveries(desk)
  desk.clock.pass(120_000)
  await processWebhooks(desk)
  const { texts, preview } = await thread()
  assert.deepEqual([texts, preview?.text], [words, "ocho"])
})

test("what a shut connection kept stands behind what was said meanwhile", async () => {
  const phone = newPhone()
  await number.hears(from({ phone }, text("antes", desk.now())))
  await processWebhooks(desk)
  const { id } = await thread()
  await root.call("PATCH", `/connections/${number.id}`, { enabled: false })
  await number.hears(from({ phone }, text("guardado", desk.now())))
  await processWebhooks(desk)
  await root.call("PATCH", `/connections/${number.id}`, { enabled: true })
  await root.call("POST", `/tickets/${id}/messages`, { content: "respuesta" })
  await releaseHeldDeliveries(desk)
  await processWebhooks(desk)
  assert.deepEqual((await thread()).texts, ["antes", "respuesta", "guardado"])
})

test("a colleague's reply is seen as newer though the clock of their server is behind", async () => {
  const phone = newPhone()
  await number.hears(from({ phone }, text("hola", desk.now())))
  await processWebhooks(desk)
  const { id, messages } = await thread()
  const other = await member(desk, { email: "otra@example.com", name: "Otra", role: "admin" })
  desk.clock.pass(-90_000)
  assert.equal((await other.call("POST", `/tickets/${id}/messages`, { content: "ya voy" })).status, 201)
  desk.clock.pass(90_000)
  const late = { content: "yo también", lastSeenMessageId: messages[0]!.id }
  assert.equal((await root.call("POST", `/tickets/${id}/messages`, late)).body["code"], "newer_reply")
  assert.deepEqual((await thread()).texts, ["hola", "ya voy"])
})
