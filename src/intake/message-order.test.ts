// What was said stands in the order in which it came, whatever the clocks and whichever server receives it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { accessToken, appSecret } from "#test/fakes/graph-api.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { connectionRoutes } from "#connections/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { inTransaction, system } from "#kernel/act.ts"
import { processDeliveries, webhookRoutes } from "#incoming-webhooks/index.ts"
import { mergeContacts } from "./identities/merge-contacts.ts"
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

type ListedTicket = { id: string; preview: { text: string } | null; contact: { name: string } }
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

test("who came without a name is called by the name of a later message, alone or in a batch", async () => {
  for (const many of [1, 3]) {
    const phone = newPhone()
    await number.hears(from({ phone, name: "" }, text("hola", desk.now())))
    await processWebhooks(desk)
    assert.equal((await thread()).contact.name, "")
    await number.hears(...words.slice(0, many).map((body) => from({ phone, name: "Luz" }, text(body, desk.now()))))
    await processWebhooks(desk)
    assert.equal((await thread()).contact.name, "Luz")
  }
})

test("two people who are both known and turn out to be one have one thread, the active ticket of which keeps the law", async () => {
  const [phone, bsuid] = [newPhone(), "CO.1234567890"]
  await number.hears(from({ phone }, text("por número", desk.now())), from({ bsuid }, text("por nombre", desk.now())))
  await processWebhooks(desk)
  await number.hears(from({ phone, bsuid }, text("soy yo", desk.now())), from({ phone }, text("otra", desk.now())))
  await processWebhooks(desk)
  const { texts } = await thread()
  assert.deepEqual(texts.toSorted(), ["otra", "por nombre", "por número", "soy yo"])
})

test("batches that open threads and merges of the people in them never wait for each other in a circle", async () => {
  for (let round = 0; round < 12; round++) {
    const [a, b] = [newPhone(), newPhone()]
    await number.hears(from({ phone: a }, text("uno", desk.now())), from({ phone: b }, text("dos", desk.now())))
    await processWebhooks(desk)
    const { rows } = await desk.db.pool.query(
      "select contact_id from contact_identities where value = any($1) order by value",
      [[`+${a}`, `+${b}`]],
    )
    const ids = rows.map((row) => row.contact_id as string)
    // One of them has no thread any more, as after a change of the connection: their next words begin one.
    await desk.db.pool.query("update tickets set thread_key = null, status = 'closed' where contact_id = $1", [ids[1]])
    await number.hears(from({ phone: a }, text("tres", desk.now())), from({ phone: b }, text("cuatro", desk.now())))
    const merging = inTransaction(desk.db, { actor: system, now: desk.now() }, (act) =>
      mergeContacts(act, ids[1]!, ids[0]!, { isOnePerson: true }),
    )
    const [merged] = await Promise.allSettled([merging, processDeliveries(desk)])
    assert.equal(merged.status, "fulfilled")
    await processWebhooks(desk)
    const active = await desk.db.pool.query("select from tickets where contact_id = any($1) and active", [ids])
    assert.equal(active.rowCount, 1)
  }
})

test("a WhatsApp number belongs to one connection", async () => {
  const settings = { phoneNumberId: "555000111", accessToken, appSecret, verifyToken: "verify-me-please" }
  const make = (name: string, more: object = {}) =>
    root.call("POST", "/connections", { kind: "whatsapp", name, settings: { ...settings, ...more } })
  const first = await make("Ventas")
  assert.equal(first.status, 201)
  const again = await make("Cobros")
  assert.deepEqual(
    [again.status, again.body["code"], again.body["detail"]],
    [400, "duplicate_entry", "Duplicate entry for settings.phoneNumberId"],
  )
  const other = await make("Cobros", { phoneNumberId: "555000222" })
  const change = (phoneNumberId: string) =>
    root.call("PATCH", `/connections/${String(other.body["id"])}`, { settings: { phoneNumberId } })
  assert.equal((await change("555000111")).body["code"], "duplicate_entry")
  assert.equal((await change("555000333")).status, 200)
  await root.call("DELETE", `/connections/${String(first.body["id"])}`)
  assert.equal((await change("555000111")).status, 200)
})
