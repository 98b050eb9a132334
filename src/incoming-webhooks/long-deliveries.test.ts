// Webhooks of thousands of elements: what stands in one stays together, before what came in the next.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "./webhook-routes.ts"
import { placesOfDelivery } from "./parse-delivery.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const carla = { phone: "573001200001" }
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

test("what came in one long delivery stands before what came in the next, each in the order in which it was written", async () => {
  const number = await openNumber(desk)
  const said = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `mensaje ${from + i}`)
  const deliver = (words: string[]) => number.hears(...words.map((word) => from(carla, text(word, desk.clock.now))))
  assert.deepEqual([await deliver(said(0, 1_203)), await deliver(said(1_203, 1_206))], [200, 200])
  await processWebhooks(desk)
  const kept = await rows("select content from messages where connection_id = $1 order by position, id desc", number.id)
  assert.deepEqual(
    kept.map(({ content }) => content),
    said(0, 1_206),
  )
})

test("a delivery of more elements than it has positions for is quarantined whole, with that reason", async () => {
  const number = await openNumber(desk)
  const changes = [{ field: "messages", value: { messages: Array.from({ length: placesOfDelivery + 1 }, () => 1) } }]
  assert.equal(await number.post({ entry: [{ id: "1", changes }] }), 200)
  await rows("update webhook_deliveries set tries = 4 where connection_id = $1", number.id)
  await processWebhooks(desk)
  const kept = await rows("select ordinal, reason from failed_deliveries where connection_id = $1", number.id)
  assert.deepEqual(kept, [{ ordinal: 0, reason: `more than ${placesOfDelivery} elements` }])
  const [sequence] = await rows("select increment_by as n from pg_sequences where sequencename = 'message_positions'")
  assert.equal(sequence.n, placesOfDelivery)
})
