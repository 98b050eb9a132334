import assert from "node:assert/strict"
import { beforeEach, describe, test } from "node:test"
import { createLog } from "#kernel/log.ts"
import { changeConnection, connectionRoutes } from "#connections/index.ts"
import { takeReport } from "#messages/index.ts"
import { acting, member, openDesk } from "#test/desk.ts"
import { type Door, openDoor } from "#test/door.ts"
import { accessToken, appSecret, openGraph, phoneNumberId, wabaId } from "#test/graph.ts"
import { createOutbox } from "./outbox.ts"
import { replyRoutes } from "./routes.ts"
import { claimSends } from "./sends.ts"

const graph = await openGraph()
const desk = await openDesk((app, kit) => {
  connectionRoutes(app, kit)
  replyRoutes(app, kit)
})
desk.graphUrl = graph.url
const ana = await member(desk, { name: "Ana", email: "ana@example.com", role: "admin" })
const newOutbox = () => createOutbox({ kit: desk, log: createLog("silent") })
const outbox = newOutbox()
const second = 1_000
let phones = 0
let whatsapp: Door

const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }
const connect = () => openDoor(desk, { kind: "whatsapp", settings })

beforeEach(async () => {
  await desk.db.pool.query("update sends set state = 'cancelled' where state in ('queued', 'sending', 'unknown')")
  Object.assign(graph, { accepted: [], tries: [], marks: [], script: [], token: accessToken })
  graph.otherwise = () => ({ does: "accept" })
  whatsapp = await connect()
})

/** Somebody who has just written. */
async function customer(door = whatsapp) {
  const phone = `+5730011${String(++phones).padStart(5, "0")}`
  const { ticket } = await door.says(phone, { as: "phone", externalId: `wamid.in-${phones}` })
  const path = `/tickets/${ticket!.id}`
  return {
    phone,
    path,
    ticketId: ticket!.id,
    write: (content: string, more: object = {}) => ana.call("POST", `${path}/messages`, { content, ...more }),
    queue: async (content: string) => String((await ana.call("POST", `${path}/messages`, { content })).body["id"]),
    retry: (id: string) => ana.call("POST", `${path}/messages/${id}/retry`, {}),
  }
}

async function work(box = outbox) {
  do await box.idle()
  while (await box.step())
  await box.idle()
}

async function stateOf(messageId: string) {
  const { rows } = await desk.db.pool.query(
    `select m.delivery_state as message, m.delivery_reason as reason, m.external_id as "externalId", s.state, s.tries
     from messages m join sends s on s.message_id = m.id where m.id = $1`,
    [messageId],
  )
  return rows[0] as { message: string; reason: string | null; externalId: string; state: string; tries: number }
}

const health = async () => (await ana.call("GET", `/connections/${whatsapp.id}`)).body["health"] as { breaker?: object }
const sentTexts = () => graph.accepted.map(({ body }) => (body["text"] as { body: string }).body)
const callbacks = () => graph.accepted.map((it) => it.callback)

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
    assert.deepEqual(graph.accepted[0]!.body["context"], { message_id: `wamid.in-${phones}` })
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
})

describe("a try that fails", () => {
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

  test("for its pace waits as long as it is told, and does not count", async () => {
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
      const { rows } = await desk.db.pool.query(
        "select data from events where subject_id = $1 and kind = 'message.delivery_changed'",
        [id],
      )
      assert.deepEqual([rows[0].data.code, rows[0].data.httpStatus, rows[0].data.retries], [code, status, 0])
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
      takeReport(act, {
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
    graph.script = [{ does: "forget" }]
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
    const api = await openDoor(desk)
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

describe("several servers", () => {
  test("send each message once", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => customer()))
    const ids = await Promise.all(people.flatMap((one) => [one.queue("a"), one.queue("b"), one.queue("c")]))
    const boxes = [newOutbox(), newOutbox(), newOutbox()]
    for (let round = 0; round < 20 && graph.accepted.length < ids.length; round++) {
      await Promise.all(boxes.map((box) => work(box)))
    }
    assert.deepEqual(callbacks().toSorted(), ids.toSorted())
  })

  test("keep the number's pace together", async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => customer()))
    for (const one of people) await one.queue("hola")
    const boxes = [newOutbox(), newOutbox()]
    for (let round = 0; round < 5; round++) await Promise.all(boxes.map((box) => work(box)))
    assert.equal(graph.accepted.length, 80)
    desk.clock.pass(second + 1)
    await Promise.all(boxes.map((box) => work(box)))
    await work()
    assert.equal(graph.accepted.length, 100)
  })

  test("do not flood one person", async () => {
    const carla = await customer()
    for (let i = 0; i < 12; i++) await carla.queue(`línea ${i}`)
    await work()
    assert.equal(graph.accepted.length, 10)
    desk.clock.pass(61 * second)
    await work()
    assert.equal(graph.accepted.length, 12)
  })
})

describe("a fault of the whole account", () => {
  test("stops the connection after one try; what waits leaves when a check finds it well", async () => {
    graph.token = "another token"
    const [carla, damian] = [await customer(), await customer()]
    const first = await carla.queue("hola")
    await work()
    const second = await damian.queue("hola")
    await work()
    assert.deepEqual([(await stateOf(first)).message, (await stateOf(second)).message], ["queued", "queued"])
    assert.equal(graph.tries.length, 0)
    assert.deepEqual(Object.keys((await health()).breaker!).toSorted(), ["code", "reason", "since"])
    const check = async () => (await ana.call("POST", `/connections/${whatsapp.id}/check`, {})).body["checks"]
    const named = (checks: unknown) =>
      Object.fromEntries((checks as { name: string; ok: boolean }[]).map(({ name, ok }) => [name, ok]))
    assert.deepEqual(named(await check()), { token: false, number: false, webhook: false, templates: false })
    await work()
    assert.equal((await stateOf(first)).message, "queued")
    graph.token = accessToken
    assert.deepEqual(named(await check()), { token: true, number: true, webhook: false, templates: true })
    await work()
    assert.deepEqual([(await stateOf(first)).message, (await stateOf(second)).message], ["sent", "sent"])
    assert.equal((await health()).breaker, undefined)
  })

  test("does not hold back other connections, and ends with new credentials", async () => {
    const api = await openDoor(desk)
    graph.token = "another token"
    const [carla, damian] = [await customer(), await customer(api)]
    const waiting = await carla.queue("hola")
    const free = await damian.queue("hola")
    await work()
    assert.deepEqual([(await stateOf(waiting)).message, (await stateOf(free)).message], ["queued", "sent"])
    await acting(desk, (act) =>
      changeConnection(act, desk.secrets, whatsapp.id, { settings: { accessToken: "another token" } }),
    )
    await work()
    assert.equal((await stateOf(waiting)).message, "sent")
  })
})
