// Messages that did not reach anybody: found in lists until somebody dealt with them, and sent again after an outage.
import assert from "node:assert/strict"
import { beforeEach, describe, test } from "node:test"
import { peopleRoutes } from "#people/index.ts"
import { countsAndExportRoutes } from "#views/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { call, cookieOf, person, signIn } from "#test/desks/test-desk.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"

const sending = await openSending(ticketRoutes, countsAndExportRoutes, peopleRoutes)
const { graph, desk, ana, work, stateOf } = sending
const second = 1_000
const minute = 60 * second
let whatsapp: MessageSource
let customer: Awaited<ReturnType<typeof sending.customer>>

beforeEach(async () => {
  whatsapp = await sending.connect()
  customer = await sending.customer(whatsapp)
})

type Row = { id: string; undelivered: number }
const rows = async (query: string) => (await ana.call("GET", `/tickets?${query}`)).body["items"] as Row[]
const isListed = async ({ ticketId }: { ticketId: string } = customer) =>
  (await rows("delivery=failed&limit=100")).some(({ id }) => id === ticketId)
const shown = async () => (await rows(`id=${customer.ticketId}`))[0]!.undelivered

/** Writes what WhatsApp refuses for good. */
const fail = async () => {
  graph.script = [{ does: "refuse", status: 400, code: 100 }]
  const id = await customer.queue("hola")
  await work()
  return id
}

describe("what did not arrive", () => {
  test("is in the list of what did not, with how many, and beside the views", async () => {
    assert.deepEqual([await isListed(), await shown()], [false, 0])
    await fail()
    assert.deepEqual([await isListed(), await shown()], [true, 1])
    const { body } = await ana.call("GET", "/tickets/counts")
    const { count } = body["undelivered"] as { count: number }
    assert.equal(count, (await rows("delivery=failed&limit=100")).length)
    assert.equal((await ana.call("GET", "/tickets?delivery=sent")).status, 400)
  })

  test("is announced before the ticket is closed, and dismissed once a person, not a program, closed it", async () => {
    await fail()
    const asked = { tickets: [customer.ticketId], status: "closed" }
    const { body } = await ana.call("POST", "/tickets/announcements", asked)
    assert.equal(body["undelivered"], 1)
    await ana.call("PUT", `${customer.path}/status`, { status: "closed" })
    assert.deepEqual([await isListed(), await shown()], [true, 1])
    await ana.call("PUT", `${customer.path}/status`, { status: "open" })
    const atScreen = {
      cookie: cookieOf(await signIn(desk, (await person(desk, "admin")).email)),
      origin: desk.publicUrl,
    }
    await call(desk.app, "PUT", `${customer.path}/status`, { status: "closed" }, atScreen)
    assert.deepEqual([await isListed(), await shown()], [false, 0])
  })

  test("lets no answer end the ticket in one step, which it otherwise does", async () => {
    const answer = () => ana.call("POST", `${customer.path}/messages`, { content: "listo", status: "closed" })
    const status = async () => (await ana.call("GET", customer.path)).body["status"]
    await fail()
    desk.clock.pass(second)
    assert.equal((await answer()).status, 201)
    assert.equal(await status(), "open")
    await work()
    assert.equal((await answer()).status, 201)
    assert.equal(await status(), "closed")
  })

  test("is listed also when it fails after the ticket was closed", async () => {
    graph.script = [{ does: "refuse", status: 400, code: 100 }]
    await customer.queue("adiós")
    await ana.call("PUT", `${customer.path}/status`, { status: "closed" })
    await work()
    assert.deepEqual([await isListed(), await shown()], [true, 1])
  })

  test("is dealt with once a reply that was written later reaches the customer", async () => {
    await fail()
    desk.clock.pass(second)
    await customer.queue("otra vez")
    assert.equal(await isListed(), true)
    await work()
    assert.equal(await isListed(), false)
  })

  test("is not dealt with by what was written before anybody could know", async () => {
    graph.script = [{ does: "refuse", status: 400, code: 100 }]
    await customer.queue("uno")
    await customer.queue("dos")
    desk.clock.pass(second)
    await work()
    assert.deepEqual([await isListed(), await shown()], [true, 1])
  })

  test("may be dismissed by hand, and counts again when a retry fails", async () => {
    graph.script = [{ does: "refuse", status: 400, code: 131049 }]
    const id = await customer.queue("hola")
    await work()
    const path = `${customer.path}/messages/${id}`
    const { status, body } = await ana.call("POST", `${path}/dismiss`, {})
    assert.deepEqual([status, (body["delivery"] as { isDismissed: boolean }).isDismissed], [200, true])
    assert.equal(await isListed(), false)
    assert.equal((await ana.call("POST", `${path}/dismiss`, {})).status, 409)
    desk.clock.pass(86_400 * second)
    await whatsapp.says(customer.phone, { as: "phone" })
    graph.script = [{ does: "refuse", status: 400, code: 131049 }]
    assert.equal((await customer.retry(id)).status, 200)
    assert.equal(await isListed(), false)
    await work()
    assert.equal(await isListed(), true)
  })

  test("counts when nobody knows whether it arrived, and when it waits for a channel that is stopped", async () => {
    graph.script = [{ does: "no-answer" }]
    await customer.queue("uno")
    await work()
    assert.equal(await isListed(), true)
    const other = await sending.customer(whatsapp)
    graph.script = [{ does: "refuse", status: 401, code: 190 }]
    await other.queue("dos")
    assert.equal(await isListed(other), false)
    await work()
    assert.equal(await isListed(other), true)
    await desk.db.pool.query("update connections set health = health - 'breaker' where id = $1", [whatsapp.id])
    await work()
    assert.equal(await isListed(other), false)
  })

  test("and what goes to nobody at all is one of them", async () => {
    const made = await ana.call("POST", "/tickets", { subject: "Llamó", contact: { name: "Rosa" } })
    const id = String(made.body["id"])
    await ana.call("POST", `/tickets/${id}/messages`, { content: "Hola" })
    assert.equal(await isListed({ ticketId: id }), true)
  })

  test("of an automatic message does not mark the ticket", async () => {
    const id = await fail()
    await desk.db.pool.query("update messages set sender_kind = 'system', sender_id = null where id = $1", [id])
    assert.equal(await isListed(), false)
  })
})

describe("after an outage", () => {
  const giveUp = async () => {
    graph.otherwise = () => ({ does: "refuse", status: 503, code: 2 })
    const id = await customer.queue("hola")
    while ((await stateOf(id)).message === "queued") {
      await work()
      desk.clock.pass(30 * minute)
    }
    assert.equal((await stateOf(id)).reason, "gave_up")
    return id
  }

  test("what was given up is sent once another message of the channel has left", async () => {
    const id = await giveUp()
    graph.otherwise = () => ({ does: "accept" })
    const other = await sending.customer(whatsapp)
    await other.queue("¿funciona?")
    await work()
    desk.clock.pass(2 * second)
    await work()
    assert.deepEqual([(await stateOf(id)).message, await isListed()], ["sent", false])
  })

  test("and by itself when nobody writes, for a day, at longer and longer intervals", async () => {
    const id = await giveUp()
    const tries = graph.tries.length
    const until = desk.clock.now.getTime() + 2 * 86_400 * second
    while (desk.clock.now.getTime() < until) {
      desk.clock.pass(5 * minute)
      await work()
    }
    const more = graph.tries.length - tries
    assert.ok(more >= 5 && more <= 8, String(more))
    graph.otherwise = () => ({ does: "accept" })
    desk.clock.pass(86_400 * second)
    await work()
    assert.equal((await stateOf(id)).message, "failed")
  })

  test("what was dismissed, may have arrived, or was refused for what it is stays as it is", async () => {
    const dismissed = await giveUp()
    await ana.call("POST", `${customer.path}/messages/${dismissed}/dismiss`, {})
    graph.otherwise = () => ({ does: "accept" })
    const other = await sending.customer(whatsapp)
    graph.script = [{ does: "no-answer" }, { does: "refuse", status: 400, code: 100 }]
    const unknown = await other.queue("uno")
    await work()
    const refused = await other.queue("dos")
    await work()
    await other.queue("tres")
    await work()
    for (let n = 0; n < 20; n++) {
      desk.clock.pass(30 * minute)
      await work()
    }
    const states = await Promise.all([dismissed, unknown, refused].map(async (id) => (await stateOf(id)).message))
    assert.deepEqual(states, ["failed", "unknown", "failed"])
  })
})
