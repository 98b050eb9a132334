// Who does not want marketing gets none, by whatever way they said so, and everything else as before.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { campaignRoutes } from "#campaigns/index.ts"
import { runCampaigns } from "#campaigns/campaign-runner.ts"
import { contactRoutes } from "#contacts/index.ts"
import { createLog } from "#kernel/log.ts"
import { can } from "#people/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { signed, webhook } from "#test/fakes/graph-api.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { from, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "#incoming-webhooks/webhook-routes.ts"

const sending = await openSending(webhookRoutes, contactRoutes, campaignRoutes, ticketRoutes, (app, kit) =>
  settingsRoutes(app, kit, can.manageSettings),
)
const { graph, desk, ana, work, stateOf } = sending
const second = 1_000
let whatsapp: MessageSource
let last = 0

const approved = (name: string, category: string) => {
  return { name, language: "es", category, status: "APPROVED", components: [{ type: "BODY", text: name }] }
}

beforeEach(async () => {
  whatsapp = await sending.connect()
  graph.templates = [approved("oferta", "MARKETING"), approved("aviso", "UTILITY")]
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
})

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const hears = async (...values: object[]) => {
  const { payload, headers } = signed({
    object: "whatsapp_business_account",
    entry: values.flatMap((value) => webhook(value).entry),
  })
  const url = `/webhooks/whatsapp/${whatsapp.id}`
  assert.equal((await desk.app.inject({ method: "POST", url, payload, headers })).statusCode, 200)
  await processWebhooks(desk)
}
const prefers = (phone: string, value: "stop" | "resume", at = desk.now()) =>
  hears({ user_preferences: [{ wa_id: phone, category: "marketing_messages", value, timestamp: seconds(at) }] })

/** Somebody whose first words these are. */
async function customer(words = "hola") {
  const phone = `5730022${String(++last).padStart(5, "0")}`
  const says = (body: string) => from({ phone }, text(body, desk.clock.now))
  await hears(says(words))
  const { rows } = await desk.db.pool.query(
    `select t.id, t.unread_messages, i.id as identity, i.contact_id as contact from contact_identities i
     join tickets t on t.contact_id = i.contact_id where i.value = $1`,
    [`+${phone}`],
  )
  const { id, contact, identity, unread_messages: unread } = rows[0]
  const send = (name: string) =>
    ana.call("POST", `/tickets/${id}/messages`, { template: { name, language: "es", parameters: [] } })
  return {
    phone,
    id: String(id),
    contact: String(contact),
    identity: String(identity),
    unread: Number(unread),
    says,
    send,
    writes: async (body: string) => {
      desk.clock.pass(second)
      await hears(says(body))
    },
    wantsNone: async () => (await ana.call("GET", `/tickets/${id}/reply-window`)).body["refusesMarketing"],
  }
}

test("a stop that Meta reports keeps the next marketing template back, and nothing else, until they resume", async () => {
  const carla = await customer()
  await prefers(carla.phone, "stop")
  assert.equal(await carla.wantsNone(), true)
  const { status, body } = await carla.send("oferta")
  assert.deepEqual([status, body["reason"]], [409, "opted_out"])
  assert.equal((await carla.send("aviso")).status, 201)
  assert.equal((await ana.call("POST", `/tickets/${carla.id}/messages`, { content: "Hola" })).status, 201)
  const shown = await ana.call("GET", `/contacts/${carla.contact}`)
  const [identity] = shown.body["identities"] as { noMarketingSince: string | null }[]
  assert.equal(identity!.noMarketingSince, new Date(seconds(desk.now()) * 1000).toISOString())
  await prefers(carla.phone, "resume")
  assert.deepEqual([await carla.wantsNone(), (await carla.send("oferta")).status], [false, 201])
})

test("a number that replaces another wants no marketing either", async () => {
  const carla = await customer()
  await prefers(carla.phone, "stop")
  const after = `57300229${String(++last).padStart(4, "0")}`
  const answers = { body: "User changed number", type: "user_changed_number", wa_id: after }
  await hears(from({ phone: carla.phone }, { type: "system", system: answers }))
  await hears(from({ phone: after }, text("soy yo", desk.clock.now)))
  const { identities } = (await ana.call("GET", `/contacts/${carla.contact}`)).body as {
    identities: { value: string; noMarketingSince: string | null }[]
  }
  assert.deepEqual(
    identities.map(({ value, noMarketingSince }) => [value, noMarketingSince !== null]),
    [
      [`+${carla.phone}`, true],
      [`+${after}`, true],
    ],
  )
  const { status, body } = await carla.send("oferta")
  assert.deepEqual([status, body["reason"]], [409, "opted_out"])
})

test("of two wishes the later one counts, in whatever order they come, and one of a stranger is no matter", async () => {
  const carla = await customer()
  const before = desk.now()
  desk.clock.pass(10 * second)
  await prefers(carla.phone, "resume")
  await prefers(carla.phone, "stop", before)
  assert.equal(await carla.wantsNone(), false)
  await prefers("573009998877", "stop")
})

test("a word that is the whole message says the same, however written, and is a message like any other", async () => {
  const words = ["BAJA", "¡Baja!", " stop. ", "Dar de baja"]
  for (const word of words) {
    const carla = await customer(word)
    assert.deepEqual([await carla.wantsNone(), carla.unread], [true, 1], word)
    await carla.writes("gracias")
    assert.equal(await carla.wantsNone(), true)
    await carla.writes("alta")
    assert.equal(await carla.wantsNone(), false)
  }
  for (const word of ["quiero la baja del servicio", "stop it", "hola"])
    assert.equal(await (await customer(word)).wantsNone(), false, word)
})

test("a word among many messages of one delivery counts too, and none is lost", async () => {
  const [carla, luz] = [await customer(), await customer()]
  desk.clock.pass(second)
  await hears(carla.says("uno"), carla.says("BAJA"), carla.says("dos"), luz.says("tres"))
  assert.deepEqual([await carla.wantsNone(), await luz.wantsNone()], [true, false])
  const { rows } = await desk.db.pool.query(
    "select content from messages where ticket_id = $1 and direction = 'in' order by position",
    [carla.id],
  )
  assert.deepEqual(
    rows.map(({ content }) => content),
    ["hola", "uno", "BAJA", "dos"],
  )
})

test("the words are a setting", async () => {
  await ana.call("PUT", "/settings/marketing.optOutWords", { value: { es: ["no más"], en: [] } })
  assert.equal(await (await customer("No mas!")).wantsNone(), true)
  assert.equal(await (await customer("BAJA")).wantsNone(), false)
  await ana.call("PUT", "/settings/marketing.optOutWords", { value: { es: ["baja"], en: ["stop"] } })
})

test("a refusal of marketing by the channel is such a wish, which writing to us does not undo", async () => {
  const carla = await customer()
  graph.script = [{ does: "refuse", status: 400, code: 131050 }]
  const first = String((await carla.send("oferta")).body["id"])
  await work()
  assert.deepEqual([(await stateOf(first)).reason, await carla.wantsNone()], ["opted_out", true])
  const luz = await customer()
  await luz.send("oferta")
  await work()
  const { id } = graph.accepted.at(-1)!
  const errors = [{ code: 131050, title: "no" }]
  await hears({
    statuses: [{ id, status: "failed", timestamp: String(seconds(desk.now())), recipient_id: luz.phone, errors }],
  })
  assert.equal(await luz.wantsNone(), true)
  await luz.writes("hola de nuevo")
  assert.deepEqual([await luz.wantsNone(), (await luz.send("oferta")).status], [true, 409])
})

test("a campaign leaves them out", async () => {
  const [carla, luz] = [await customer("BAJA"), await customer()]
  const template = { name: "oferta", language: "es", parameters: [] }
  const made = await ana.call("POST", "/campaigns", {
    name: "O",
    kind: "marketing",
    connectionId: whatsapp.id,
    template,
  })
  const path = `/campaigns/${String(made.body["id"])}`
  const csv = `phone,name\n+${carla.phone},Carla\n+${luz.phone},Luz`
  await ana.call("POST", `${path}/recipients`, { csv })
  assert.equal((await ana.call("PUT", `${path}/status`, { status: "running" })).status, 200)
  do while (await runCampaigns(desk, createLog("silent")));
  while ((await work(), await runCampaigns(desk, createLog("silent"))))
  assert.deepEqual(
    graph.accepted.map(({ to }) => to),
    [luz.phone],
  )
})

test("the event names the identity and nobody", async () => {
  const carla = await customer("BAJA")
  const { rows } = await desk.db.pool.query(
    "select data from events where kind = 'contact.marketing_changed' and subject_id = $1",
    [carla.contact],
  )
  assert.deepEqual(rows, [{ data: { identityId: carla.identity, wants: false, by: "word" } }])
})
