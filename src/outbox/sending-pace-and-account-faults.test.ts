import assert from "node:assert/strict"
import { beforeEach, describe, test } from "node:test"
import { changeConnection, connectionJobs } from "#connections/index.ts"
import { overdueWarnings } from "#timers/index.ts"
import { acting } from "#test/desks/test-desk.ts"

import { type MessageSource, openMessageSource } from "#test/desks/message-source.ts"
import { accessToken } from "#test/fakes/graph-api.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { outboxTimer } from "./due-sends-timer.ts"

const sending = await openSending()
const { graph, desk, ana, work, stateOf, callbacks, newOutbox } = sending
const second = 1_000
let whatsapp: MessageSource
const customer = (source = whatsapp) => sending.customer(source)

beforeEach(async () => {
  whatsapp = await sending.connect()
})

const health = async () => (await ana.call("GET", `/connections/${whatsapp.id}`)).body["health"] as { breaker?: object }

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

  test("ends by itself when the account comes back", async () => {
    graph.token = "another token"
    const carla = await customer()
    const id = await carla.queue("hola")
    await work()
    const [look] = connectionJobs(desk)
    await look!.run({})
    await work()
    assert.equal((await stateOf(id)).message, "queued")
    graph.token = accessToken
    await look!.run({})
    await work()
    assert.equal((await stateOf(id)).message, "sent")
  })

  test("does not hold back other connections, and ends with new credentials", async () => {
    const api = await openMessageSource(desk)
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

test("what waits for its pace is not overdue; what nobody sends is", async () => {
  await desk.db.pool.query("update sends set state = 'cancelled' where state = 'queued'")
  // Timers go by the database's clock.
  desk.clock.now = new Date()
  const carla = await customer()
  for (let i = 0; i < 12; i++) await carla.queue(`línea ${i}`)
  const overdue = () => overdueWarnings(desk.db.pool, [outboxTimer])
  const past = (column: string) =>
    desk.db.pool.query(`update sends set ${column} = ${column} - interval '3 minutes' where connection_id = $1`, [
      whatsapp.id,
    ])
  await past("next_at")
  assert.match((await overdue()).join(), /^outbox has work that is due since/)
  await work()
  assert.deepEqual(await overdue(), [], "ten of them went just now")
  await past("claimed_at")
  assert.match((await overdue()).join(), /^outbox has work that is due since/)
})
