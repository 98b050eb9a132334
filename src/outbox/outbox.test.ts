import assert from "node:assert/strict"
import { beforeEach, describe, test } from "node:test"
import { applyReport } from "#messages/index.ts"
import { acting } from "#test/desks/test-desk.ts"

import { type MessageSource, openMessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { claimSends } from "./send-store.ts"

const sending = await openSending()
const { graph, desk, ana, work, stateOf, callbacks } = sending
const second = 1_000
let whatsapp: MessageSource
const customer = (source = whatsapp) => sending.customer(source)

beforeEach(async () => {
  whatsapp = await sending.connect()
})

const sentTexts = () => graph.accepted.map(({ body }) => (body["text"] as { body: string }).body)

/** They write again: a text may be sent for another day. */
const openWindow = ({ phone }: { phone: string }) => whatsapp.says(phone, { as: "phone" })

describe("a reply on WhatsApp", () => {
  test("leaves as text with its marks, our id as callback, and becomes sent under the channel's id", async () => {
    const carla = await customer()
    const id = await carla.queue("**Listo**, mira [la guía](https://a.example)")
    await work()
    const [sent] = graph.accepted
    assert.deepEqual(sent!.body["text"], { body: "*Listo*, mira la guía (https://a.example)", preview_url: true })
    assert.deepEqual([sent!.to, sent!.callback], [carla.phone.slice(1), id])
    const { message, state, externalId } = await stateOf(id)
    assert.deepEqual([message, state, externalId], ["sent", "sent", sent!.id])
  })

  test("answers one message of theirs", async () => {
    const carla = await customer()
    const { body } = await ana.call("GET", `${carla.path}/messages`)
    const [first] = body["items"] as { id: string }[]
    await carla.write("a eso", { replyTo: first!.id })
    await work()
    assert.deepEqual(graph.accepted[0]!.body["context"], { message_id: carla.wrote })
  })

  test("to one person leaves in its order, also when the first has to be tried again", async () => {
    const carla = await customer()
    graph.script = [{ does: "refuse", status: 500, code: 131000 }]
    for (const text of ["uno", "dos", "tres"]) await carla.queue(text)
    await work()
    assert.deepEqual(sentTexts(), [])
    desk.clock.pass(2 * second)
    await work()
    assert.deepEqual(sentTexts(), ["uno", "dos", "tres"])
  })

  test("that stands below another one in the thread leaves after it, whichever server's clock was ahead", async () => {
    const carla = await customer()
    // The ids of a server whose clock is behind are smaller than those written before elsewhere.
    const [behind, before] = [await carla.queue("dos"), await carla.queue("uno")]
    await desk.db.pool.query(
      `update messages m set position = o.position from messages o
        where m.id = any($1) and o.id = any($1) and o.id <> m.id`,
      [[behind, before]],
    )
    await work()
    assert.deepEqual(sentTexts(), ["uno", "dos"])
  })
})

describe("a try that fails", () => {
  test("for what was sealed by another secret keeps nobody else's message", async () => {
    const [first, second] = [await customer(), await customer()]
    const id = await first.queue("cerrado")
    await desk.db.pool.query("update messages set sealed_content = 'AAAA' where id = $1", [id])
    await second.queue("hola")
    await work()
    assert.deepEqual(sentTexts(), ["hola"])
    assert.equal((await stateOf(id)).state, "queued")
  })

  test("for a moment is made again within two seconds, and gives up only after an outage of half an hour", async () => {
    const carla = await customer()
    graph.otherwise = () => ({ does: "refuse", status: 503, code: 2 })
    const id = await carla.queue("hola")
    await work()
    assert.equal(graph.tries.length, 1)
    desk.clock.pass(second)
    await work()
    assert.equal(graph.tries.length, 2)
    const began = desk.clock.now.getTime()
    while ((await stateOf(id)).state === "queued") {
      desk.clock.pass(60 * second)
      await work()
    }
    assert.ok(desk.clock.now.getTime() - began > 30 * 60 * second)
    const { message, reason } = await stateOf(id)
    assert.deepEqual([message, reason, graph.tries.length], ["failed", "gave_up", 13])
  })

  test("for its pace waits as long as the answer says, and does not count", async () => {
    const carla = await customer()
    graph.script = [
      { does: "refuse", status: 400, code: 131056 },
      { does: "refuse", status: 429, retryAfter: 30 },
    ]
    const id = await carla.queue("hola")
    await work()
    desk.clock.pass(5 * second)
    await work()
    assert.equal(graph.tries.length, 1)
    desk.clock.pass(3 * second)
    await work()
    assert.equal(graph.tries.length, 2)
    desk.clock.pass(29 * second)
    await work()
    assert.equal(graph.tries.length, 2)
    desk.clock.pass(10 * second)
    await work()
    const { message, tries } = await stateOf(id)
    assert.deepEqual([message, tries, graph.accepted.length], ["sent", 0, 1])
  })

  for (const [code, status, reason] of [
    [131026, 400, "undeliverable"],
    [100, 400, "bad_request"],
    [132001, 404, "template_missing"],
    [131049, 400, "ecosystem"],
  ] as const) {
    test(`for good (${code}) is not made again, and says why`, async () => {
      const carla = await customer()
      graph.script = [{ does: "refuse", status, code }]
      const id = await carla.queue("hola")
      await work()
      desk.clock.pass(3_600 * second)
      await work()
      const { message, reason: said } = await stateOf(id)
      assert.deepEqual([message, said, graph.tries.length], ["failed", reason, 1])
      assert.equal((await carla.retry(id)).body["code"], "not_retryable")
      const { rows } = await desk.db.pool.query(
        "select data from events where subject_id = $1 and kind = 'message.delivery_changed'",
        [id],
      )
      assert.deepEqual([rows[0].data.code, rows[0].data.httpStatus, rows[0].data.retries], [code, status, 0])
    })
  }

  for (const code of [131048, 131049, 130472]) {
    test(`because WhatsApp holds back (${code}) may be made again after a day, and not before`, async () => {
      const carla = await customer()
      graph.script = [{ does: "refuse", status: 400, code }]
      const id = await carla.queue("hola")
      await work()
      const mayRetry = async () => {
        const { body } = await ana.call("GET", `${carla.path}/messages`)
        const items = body["items"] as { id: string; delivery: { canRetry: boolean } }[]
        return items.find((message) => message.id === id)!.delivery.canRetry
      }
      desk.clock.pass(86_400 * second - 1)
      const early = await carla.retry(id)
      assert.deepEqual([await mayRetry(), early.status, early.headers["retry-after"]], [false, 409, "1"])
      desk.clock.pass(1)
      await openWindow(carla)
      assert.deepEqual([await mayRetry(), (await carla.retry(id)).status], [true, 200])
    })
  }

  test("with 200 but without an id is a failure", async () => {
    const carla = await customer()
    graph.script = [{ does: "empty" }]
    const id = await carla.queue("hola")
    await work()
    assert.deepEqual((await stateOf(id)).reason, "no_message_id")
  })
})

describe("a try without an answer", () => {
  const report = (messageId: string, status: "sent" | "failed") =>
    acting(desk, (act) =>
      applyReport(act, {
        connectionId: whatsapp.id,
        externalId: graph.accepted[0]!.id,
        status,
        participant: "",
        at: desk.now(),
        code: null,
        reason: null,
        failureClass: null,
        messageId,
      }),
    )

  test("is never made again by itself; a report that carries our id settles it", async () => {
    const carla = await customer()
    graph.script = [{ does: "no-answer" }]
    const id = await carla.queue("hola")
    await work()
    assert.equal((await stateOf(id)).message, "unknown")
    desk.clock.pass(3_600 * second)
    await work()
    assert.equal(graph.tries.length, 1)
    await report(id, "sent")
    await work()
    desk.clock.pass(2 * second)
    await work()
    const { message, state, externalId } = await stateOf(id)
    assert.deepEqual([message, state, externalId], ["sent", "sent", graph.accepted[0]!.id])
    assert.equal((await carla.retry(id)).status, 409)
  })

  test("may be made again by hand, once a report cannot be expected any more", async () => {
    const carla = await customer()
    graph.script = [{ does: "drop" }]
    const id = await carla.queue("hola")
    await work()
    const early = await carla.retry(id)
    assert.deepEqual([early.status, early.body["code"], early.headers["retry-after"]], [409, "not_retryable", "900"])
    desk.clock.pass(15 * 60 * second)
    assert.equal((await carla.retry(id)).status, 200)
    await work()
    assert.deepEqual([(await stateOf(id)).message, callbacks()], ["sent", [id]])
  })

  test("because the server died leaves the message unknown, and nothing is sent twice", async () => {
    const carla = await customer()
    const id = await carla.queue("hola")
    // Claimed and sent, then the power went: nobody settles it.
    await desk.db.kysely
      .transaction()
      .execute((tx) =>
        claimSends({ tx, actor: { kind: "system", id: null }, now: desk.now() }, whatsapp.id, undefined, 5),
      )
    assert.equal((await stateOf(id)).state, "sending")
    desk.clock.pass(59 * second)
    await work()
    assert.equal((await stateOf(id)).state, "sending")
    desk.clock.pass(2 * second)
    await work()
    const { state, message } = await stateOf(id)
    assert.deepEqual([state, message, graph.tries.length], ["unknown", "unknown", 0])
  })

  test("goes again at once where the receiver knows a repeat", async () => {
    const api = await openMessageSource(desk)
    const carla = await customer(api)
    const id = await carla.queue("hola")
    await desk.db.kysely
      .transaction()
      .execute((tx) => claimSends({ tx, actor: { kind: "system", id: null }, now: desk.now() }, api.id, undefined, 5))
    desk.clock.pass(61 * second)
    await work()
    assert.deepEqual([(await stateOf(id)).state, (await stateOf(id)).message], ["sent", "sent"])
  })
})
