// A connection that is off for months while its customers go on writing.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changeConnection } from "#connections/index.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { holdUntilEnabled, purgeDeliveries, releaseHeldDeliveries } from "#incoming-webhooks/webhook-delivery-store.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const day = 86_400_000
const people = Array.from({ length: 7 }, (_, n) => ({ phone: `57300140000${n}` }))

test("what came in three months while a connection was off is all there, in its order, and kept nobody else back", async () => {
  const [off, on] = [await openNumber(desk), await openNumber(desk)]
  const switched = (enabled: boolean) => acting(desk, (act) => changeConnection(act, desk.secrets, off.id, { enabled }))
  await switched(false)
  const said: string[] = []
  for (let n = 0; n < 270; n++) {
    desk.clock.pass(day / 3)
    said.push(`mensaje ${n}`)
    const message = from(people[n % people.length]!, text(`mensaje ${n}`, desk.clock.now))
    assert.equal(await off.hears(message), 200)
    // Meta repeats what it is not sure of.
    if (n % 10 === 0) assert.equal(await off.hears(message), 200)
    if (n % 30 !== 0) continue
    await on.hears(from(people[0]!, text(`otra ${n}`, desk.clock.now)))
    await processWebhooks(desk)
    await acting(desk, purgeDeliveries)
    assert.equal((await rows("select from messages where content = $1", `otra ${n}`)).length, 1)
  }
  await processWebhooks(desk)
  assert.deepEqual(await rows("select from messages where connection_id = $1", off.id), [])
  await switched(true)
  assert.equal(await releaseHeldDeliveries(desk), said.length)
  await processWebhooks(desk)
  const kept = await rows("select content from messages where connection_id = $1 order by position", off.id)
  assert.deepEqual(
    kept.map(({ content }) => content),
    said,
  )
  const tickets = await rows("select contact_id from tickets where connection_id = $1", off.id)
  assert.deepEqual([tickets.length, new Set(tickets.map((one) => one.contact_id)).size], [people.length, people.length])
  assert.equal(await releaseHeldDeliveries(desk), 0)
})

test("what another server has processed meanwhile is not held by one that was slow", async () => {
  const number = await openNumber(desk)
  await number.hears(from(people[0]!, text("una vez", desk.clock.now)))
  await processWebhooks(desk)
  const [{ id }] = await rows("select id from webhook_deliveries where connection_id = $1", number.id)
  await holdUntilEnabled(desk, id, number.id)
  assert.equal(await releaseHeldDeliveries(desk), 0, "of what is done nothing is left to be read")
})
