// Numbers of one Meta app share the address of their webhooks. That one of them is switched off keeps nobody else back.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changeConnection } from "#connections/index.ts"
import { wabaId } from "#test/fakes/graph-api.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { releaseHeldDeliveries } from "./webhook-delivery-store.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const textsAt = async (id: string) =>
  (await desk.db.pool.query("select content from messages where connection_id = $1 order by position", [id])).rows.map(
    ({ content }) => content as string,
  )
let people = 0

/** Two numbers; what comes for either is posted to the first one's address. */
async function twoNumbers(name: string) {
  const ids = [`${name}1`, `${name}2`]
  const [first, second] = [
    await openNumber(desk, { phoneNumberId: ids[0] }),
    await openNumber(desk, { phoneNumberId: ids[1] }),
  ]
  const saidTo = (n: 0 | 1, body: string) => {
    const metadata = { phone_number_id: ids[n] }
    const value = {
      metadata,
      ...from({ phone: `5730044${String(++people).padStart(5, "0")}` }, text(body, desk.now())),
    }
    return { id: wabaId, changes: [{ field: "messages", value }] }
  }
  const post = async (...entry: object[]) => {
    assert.equal(await first.post({ object: "whatsapp_business_account", entry }), 200)
    await processWebhooks(desk)
  }
  const turn = (id: string, enabled: boolean) =>
    acting(desk, (act) => changeConnection(act, desk.secrets, id, { enabled }))
  return { first: first.id, second: second.id, saidTo, post, turn }
}

test("what stands in a webhook beside a message for a number that is off is processed, and that message waits for its number", async () => {
  const { first, second, saidTo, post, turn } = await twoNumbers("7001")
  await turn(second, false)
  await post(saidTo(1, "para el apagado"), saidTo(0, "para el otro"))
  assert.deepEqual([await textsAt(first), await textsAt(second)], [["para el otro"], []])
  assert.equal(await releaseHeldDeliveries(desk), 0, "it would come back at once, again and again")
  await turn(second, true)
  assert.equal(await releaseHeldDeliveries(desk), 1)
  await processWebhooks(desk)
  assert.deepEqual([await textsAt(first), await textsAt(second)], [["para el otro"], ["para el apagado"]])
})

test("a number whose webhooks come by the address of one that is off goes on", async () => {
  const { first, second, saidTo, post, turn } = await twoNumbers("7002")
  await turn(first, false)
  await post(saidTo(1, "para el encendido"))
  await post(saidTo(0, "para el apagado"))
  assert.deepEqual([await textsAt(first), await textsAt(second)], [[], ["para el encendido"]])
  await turn(first, true)
  await releaseHeldDeliveries(desk)
  await processWebhooks(desk)
  assert.deepEqual(await textsAt(first), ["para el apagado"])
})
