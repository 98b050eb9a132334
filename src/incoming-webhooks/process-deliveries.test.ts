import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { openDatabase } from "#kernel/db.ts"
import { changeConnection } from "#connections/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { webhook } from "#test/fakes/graph-api.ts"
import { fc } from "#test/fast-check-seed.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { processDeliveries } from "./process-deliveries.ts"
import { releaseHeldDeliveries } from "#incoming-webhooks/webhook-delivery-store.ts"
import { failedDeliveryRoutes } from "./failed-delivery-routes.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => {
  webhookRoutes(app, kit)
  failedDeliveryRoutes(app, kit)
})
const admin = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
let people = 0
const somebody = () => ({ phone: `5730012${String(++people).padStart(5, "0")}` })
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const saidIn = (id: string) =>
  rows("select content, ticket_id, kind, sent_at from messages where connection_id = $1 order by sent_at, id", id)
const ticketsOf = (id: string) =>
  rows("select id, status, unread_messages as unread, message_count as count from tickets where connection_id = $1", id)
const minutes = (n: number) => new Date(desk.clock.now.getTime() + n * 60_000)
/** Past every pause between two tries. */
const tryUntilTheEnd = async () => {
  for (let i = 0; i < 6; i++) {
    await processWebhooks(desk)
    desk.clock.pass(60_000)
  }
}

test("messages in any order, each three times, some days late, are each there once on one ticket", async () => {
  const arrivals = fc.array(fc.nat(4), { minLength: 15, maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(arrivals, fc.nat(3), async (order, batch) => {
      const number = await openNumber(desk)
      const ana = somebody()
      const said = Array.from({ length: 5 }, (_, i) => from(ana, text(`mensaje ${i}`, minutes(i - 3 * 1440))))
      const sent = [...order, 0, 1, 2, 3, 4].map((i) => said[i]!)
      // The same message comes in another batch each time, so that the delivery is not known but the message is.
      for (let i = 0; i < sent.length; i += batch + 1) {
        assert.equal(await number.hears(...sent.slice(i, i + batch + 1), { errors: [{ code: i }] }), 200)
        if (i % 2) await processWebhooks(desk)
      }
      await processWebhooks(desk)
      assert.deepEqual(
        (await saidIn(number.id)).map((row) => row.content),
        [0, 1, 2, 3, 4].map((i) => `mensaje ${i}`),
      )
      const [ticket, ...others] = await ticketsOf(number.id)
      assert.deepEqual([ticket.unread, ticket.count, others.length], [5, 5, 0])
    }),
    { numRuns: 12 },
  )
})

test("a message three days late goes to the closed ticket whose time it is from, and wakes nothing", async () => {
  const number = await openNumber(desk)
  const ana = somebody()
  await number.hears(from(ana, text("primero", minutes(-4320))), from(ana, text("último", minutes(-4300))))
  await processWebhooks(desk)
  await desk.db.pool.query("update tickets set status = 'closed', closed_at = $2 where connection_id = $1", [
    number.id,
    minutes(-4290),
  ])
  await number.hears(from(ana, text("perdido", minutes(-4310))))
  await processWebhooks(desk)
  const [ticket, ...others] = await ticketsOf(number.id)
  assert.deepEqual([ticket.status, ticket.unread, ticket.count, others.length], ["closed", 2, 3, 0])
})

test("one bad element of ten: nine are stored, one is quarantined and can be replayed", async () => {
  const number = await openNumber(desk)
  const said = Array.from({ length: 10 }, (_, i) => from(somebody(), text(`mensaje ${i}`, minutes(-i))))
  delete (said[3]!.messages[0] as { text?: unknown }).text
  assert.equal(await number.hears(...said), 200)
  await processWebhooks(desk)
  assert.equal((await saidIn(number.id)).length, 9)
  assert.deepEqual(await rows("select id from failed_deliveries where connection_id = $1", number.id), [])
  await tryUntilTheEnd()
  assert.equal((await saidIn(number.id)).length, 9)
  const list = await admin.call("GET", `/failed-deliveries?connectionId=${number.id}`)
  const [item, ...more] = list.body["items"] as { id: string; reason: string; tries: number }[]
  assert.deepEqual([item!.tries, more.length, item!.reason], [5, 0, "Error: a text message without text"])
  const headers = { authorization: `Bearer ${admin.key}` }
  const raw = await desk.app.inject({ url: `/api/v1/failed-deliveries/${item!.id}/raw`, headers })
  assert.equal(JSON.parse(raw.body).value.messages[0].type, "text")
  const again = await admin.call("POST", `/failed-deliveries/${item!.id}/replay`)
  assert.deepEqual([again.status, again.body["replayedAt"], again.body["tries"]], [200, null, 6])
  // Meta, or a new version of ours, makes it readable.
  await desk.db.pool.query(
    `update failed_deliveries set element = jsonb_set(element::jsonb, '{value,messages,0,text}', '{"body":"mensaje 3"}')
     where id = $1`,
    [item!.id],
  )
  const mended = await admin.call("POST", `/failed-deliveries/${item!.id}/replay`)
  assert.equal(mended.body["replayedAt"], desk.clock.now.toISOString())
  assert.equal(mended.body["element"], null, "what was said is where it belongs, and kept nowhere else")
  assert.equal((await saidIn(number.id)).length, 10)
  await admin.call("POST", `/failed-deliveries/${item!.id}/replay`)
  assert.equal((await saidIn(number.id)).length, 10)
  assert.equal((await admin.call("GET", `/failed-deliveries?connectionId=${number.id}`)).body["total"], 0)
})

test("failed deliveries are for admins", async () => {
  const agent = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
  assert.equal((await agent.call("GET", "/failed-deliveries")).status, 403)
  assert.equal((await agent.call("POST", "/failed-deliveries/sda_1/replay")).status, 403)
  assert.equal((await agent.call("GET", "/failed-deliveries/sda_1/raw")).status, 403)
  assert.equal((await admin.call("GET", "/failed-deliveries/sda_1/raw")).status, 404)
  assert.equal((await admin.call("POST", "/failed-deliveries/sda_1/replay")).status, 404)
})

test("what is no envelope at all is quarantined whole, and keeps nobody back", async () => {
  const number = await openNumber(desk)
  for (const body of [{ object: "page" }, { entry: [{ changes: "none" }] }]) assert.equal(await number.post(body), 200)
  await number.hears(from(somebody(), text("hola", minutes(0))))
  await processWebhooks(desk)
  assert.equal((await saidIn(number.id)).length, 1)
  await tryUntilTheEnd()
  const kept = await rows(
    "select element #>> '{}' as element from failed_deliveries where connection_id = $1 order by delivery_id",
    number.id,
  )
  assert.deepEqual(
    kept.map((row) => JSON.parse(row.element)),
    [{ object: "page" }, { entry: [{ changes: "none" }] }],
  )
})

test("characters that the database cannot hold do not keep a message out", async () => {
  const number = await openNumber(desk)
  await number.hears(from({ ...somebody(), name: "A\u0000na\ud800" }, text("ho\u0000la \ud83d", minutes(0))))
  await processWebhooks(desk)
  assert.deepEqual(
    (await saidIn(number.id)).map((row) => row.content),
    ["hola \uFFFD"],
  )
})

test("two servers take from one queue, and each message is there once", async () => {
  const number = await openNumber(desk)
  const everybody = Array.from({ length: 8 }, somebody)
  for (let i = 0; i < 120; i++) await number.hears(from(everybody[i % 8]!, text(`mensaje ${i}`, minutes(-i))))
  const other = { ...desk, db: openDatabase(desk.db.url) }
  try {
    await Promise.all([processWebhooks(desk), processWebhooks(other)])
  } finally {
    await other.db.close()
  }
  assert.equal((await saidIn(number.id)).length, 120)
  const tickets = await ticketsOf(number.id)
  assert.deepEqual(
    tickets.map((ticket) => ticket.unread),
    Array(8).fill(15),
  )
})

test("a server that dies in the middle of a batch has done none of it", async () => {
  const number = await openNumber(desk)
  const ana = somebody()
  await number.hears(from(ana, text("primero", minutes(-3))))
  await processWebhooks(desk)
  await number.hears(from(ana, text("segundo", minutes(-2))))
  await number.hears(from(ana, text("tercero", minutes(-1))))
  // The connection breaks when the batch is about to say that it is done.
  const pool = Object.create(desk.db.pool, {
    connect: {
      value: async () => {
        const client = await desk.db.pool.connect()
        const query = client.query.bind(client)
        const breaking = (asked: { name?: string }, ...rest: unknown[]) =>
          asked.name === "deliveries-done"
            ? Promise.reject(Object.assign(new Error("gone"), { code: "ECONNRESET" }))
            : (query as (...all: unknown[]) => unknown)(asked, ...rest)
        return Object.assign(client, { query: breaking })
      },
    },
  }) as typeof desk.db.pool
  await assert.rejects(processDeliveries({ ...desk, db: { ...desk.db, pool } }), /gone/)
  assert.equal((await saidIn(number.id)).length, 1)
  await processWebhooks(desk)
  const [ticket] = await ticketsOf(number.id)
  assert.deepEqual([(await saidIn(number.id)).length, ticket.unread], [3, 3])
})

test("what comes for a connection that is switched off waits until it is on again", async () => {
  const number = await openNumber(desk)
  const switched = (enabled: boolean) =>
    acting(desk, (act) => changeConnection(act, desk.secrets, number.id, { enabled }))
  await number.hears(from(somebody(), text("antes", minutes(-2))))
  await switched(false)
  await processWebhooks(desk)
  assert.equal(await number.hears(from(somebody(), text("durante", minutes(-1)))), 200)
  await processWebhooks(desk)
  const states = () => rows("select distinct state from webhook_deliveries where connection_id = $1", number.id)
  assert.deepEqual([await states(), await saidIn(number.id)], [[{ state: "held" }], []])
  assert.equal(await releaseHeldDeliveries(desk), 0)
  await switched(true)
  assert.equal(await releaseHeldDeliveries(desk), 2)
  await processWebhooks(desk)
  assert.deepEqual(
    (await saidIn(number.id)).map((row) => row.content),
    ["antes", "durante"],
  )
})

test("a delivery that is done keeps nothing of what was said", async () => {
  const number = await openNumber(desk)
  await number.hears(from(somebody(), text("un secreto", minutes(0))))
  await processWebhooks(desk)
  assert.deepEqual(await rows("select body, state from webhook_deliveries where connection_id = $1", number.id), [
    { body: "", state: "done" },
  ])
})

test("a reaction is on its message, changes nothing else, and may come first", async () => {
  const number = await openNumber(desk)
  const ana = somebody()
  const id = newId("wamid")
  const react = (emoji?: string) =>
    from(ana, { type: "reaction", reaction: { message_id: id, ...(emoji && { emoji }) }, timestamp: "1795338000" })
  await number.hears(react("👍"))
  await processWebhooks(desk)
  assert.deepEqual(await ticketsOf(number.id), [])
  await number.hears(from(ana, text("hola", minutes(0), { id })))
  await tryUntilTheEnd()
  await number.hears(react())
  await processWebhooks(desk)
  const all = await rows(
    "select kind, content, reply_to = $2 as own from messages where connection_id = $1 and kind = 'reaction' order by id",
    number.id,
    id,
  )
  assert.deepEqual(all, [
    { kind: "reaction", content: "👍", own: true },
    { kind: "reaction", content: "", own: true },
  ])
  const [ticket, ...others] = await ticketsOf(number.id)
  assert.deepEqual([ticket.unread, ticket.status, others.length], [1, "pending", 0])
})

test("messages of a group are the group's, with their writers", async () => {
  const number = await openNumber(desk)
  const [ana, bruno] = [somebody(), somebody()]
  const group_id = newId("group")
  await number.hears(from({ ...ana, name: "Ana" }, text("hola a todos", minutes(-2), { group_id })))
  await number.hears(from({ ...bruno, name: "Bruno" }, text("hola Ana", minutes(-1), { group_id })))
  await processWebhooks(desk)
  const [ticket, ...others] = await rows(
    "select is_group, status, contact_id from tickets where connection_id = $1",
    number.id,
  )
  assert.deepEqual([ticket.is_group, ticket.status, others.length], [true, "open", 0])
  const writers = await rows(
    `select c.name from messages m join contacts c on c.id = m.sender_id where m.connection_id = $1 order by m.sent_at`,
    number.id,
  )
  assert.deepEqual(writers, [{ name: "Ana" }, { name: "Bruno" }])
})

test("what was edited or deleted says so on its ticket, and counts for nothing", async () => {
  const number = await openNumber(desk, { language: "en" })
  const ana = somebody()
  const id = newId("wamid")
  await number.hears(from(ana, text("mal escrito", minutes(0), { id })))
  await processWebhooks(desk)
  const edit = { original_message_id: id, message: { type: "text", text: { body: "bien escrito" } } }
  await number.hears(from(ana, { type: "edit", edit, timestamp: "1795338000" }))
  await number.hears(from(ana, { type: "revoke", revoke: { original_message_id: id }, timestamp: "1795338001" }))
  await processWebhooks(desk)
  const notices = (await saidIn(number.id)).filter((row) => row.kind === "system")
  assert.deepEqual(notices.map((row) => row.content).toSorted(), [
    "Changed to: bien escrito",
    "The message was deleted by its sender",
  ])
  const [ticket] = await ticketsOf(number.id)
  assert.equal(ticket.unread, 1)
})

test("an unknown kind of webhook is answered and ignored", async () => {
  const number = await openNumber(desk)
  const body = webhook({}) as { entry: { changes: object[] }[] }
  body.entry[0]!.changes = [
    { field: "account_update", value: { event: "VERIFIED_ACCOUNT" } },
    { field: "something_new", value: { messages: [{ id: "wamid.new" }] } },
    { field: "messages", value: { statuses: [{ id: "wamid.x", status: "shiny", timestamp: "1" }] } },
  ]
  assert.equal(await number.post(body), 200)
  await processWebhooks(desk)
  assert.deepEqual(await rows("select state from webhook_deliveries where connection_id = $1", number.id), [
    { state: "done" },
  ])
})
