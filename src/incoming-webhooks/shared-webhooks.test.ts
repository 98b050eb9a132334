// Numbers of one Meta app share the address of their webhooks. That one of them is switched off keeps nobody else back.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changeConnection, deleteConnection } from "#connections/change-connection.ts"
import { wabaId } from "#test/fakes/graph-api.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { newId } from "#kernel/ids.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { releaseHeldDeliveries } from "./webhook-delivery-store.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const textsAt = async (id: string) =>
  (await desk.db.pool.query("select content from messages where connection_id = $1 order by position", [id])).rows.map(
    ({ content }) => content as string,
  )
let people = 0
const newPhone = () => `5730044${String(++people).padStart(5, "0")}`

/** Two numbers; what comes for either is posted to the first one's address. */
async function twoNumbers(name: string) {
  const ids = [`${name}1`, `${name}2`]
  const [first, second] = [
    await openNumber(desk, { phoneNumberId: ids[0] }),
    await openNumber(desk, { phoneNumberId: ids[1] }),
  ]
  const to = (n: 0 | 1, value: object) => {
    const metadata = { phone_number_id: ids[n] }
    return { id: wabaId, changes: [{ field: "messages", value: { metadata, ...value } }] }
  }
  const saidTo = (n: 0 | 1, body: string) => to(n, from({ phone: newPhone() }, text(body, desk.now())))
  const post = async (...entry: object[]) => {
    assert.equal(await first.post({ object: "whatsapp_business_account", entry }), 200)
    await processWebhooks(desk)
  }
  const turn = (id: string, enabled: boolean) =>
    acting(desk, (act) => changeConnection(act, desk.secrets, id, { enabled }))
  return { first: first.id, second: second.id, to, saidTo, post, turn }
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

test("what waits for a number is read once it is on, though the one by whose address it came is removed", async () => {
  const { first, second, saidTo, post, turn } = await twoNumbers("7004")
  await turn(second, false)
  await post(saidTo(1, "para el apagado"))
  await acting(desk, (act) => deleteConnection(act, first))
  await turn(second, true)
  await releaseHeldDeliveries(desk)
  await processWebhooks(desk)
  assert.deepEqual(await textsAt(second), ["para el apagado"])
})

test("what a held webhook has changed of people is not changed again when it is released", async () => {
  const { second, to, saidTo, post, turn } = await twoNumbers("7003")
  const [before, after, bsuid] = [newPhone(), newPhone(), "CO.7003"]
  const writes = (who: object) => post(to(0, from(who, text("hola", desk.now()))))
  const contactOf = async (phone: string) => {
    const { rows } = await desk.db.pool.query("select contact_id as id from contact_identities where value = $1", [
      `+${phone}`,
    ])
    return rows[0].id as string
  }
  await writes({ phone: before, bsuid })
  await turn(second, false)
  const system = { body: "User changed number", type: "user_changed_number", wa_id: after }
  const notice = { from: before, id: newId("wamid"), timestamp: "1795338000", type: "system", system }
  await post(to(0, { messages: [notice] }), saidTo(1, "para el apagado"))
  assert.equal(await contactOf(before), await contactOf(after))
  await writes({ phone: before, bsuid: `${bsuid}0` })
  assert.notEqual(await contactOf(before), await contactOf(after), "the old number is somebody else's now")
  await turn(second, true)
  await releaseHeldDeliveries(desk)
  await processWebhooks(desk)
  assert.deepEqual(await textsAt(second), ["para el apagado"])
  assert.notEqual(await contactOf(before), await contactOf(after))
})
