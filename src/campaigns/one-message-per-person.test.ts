// A person with two numbers on a list gets the message once.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { mergeContacts } from "#intake/index.ts"
import { createLog } from "#kernel/log.ts"
import { acting } from "#test/desks/test-desk.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { campaignRoutes } from "./routes.ts"
import { runCampaigns } from "./campaign-runner.ts"

const sending = await openSending(campaignRoutes, contactRoutes)
const { graph, desk, ana, work } = sending
let whatsapp: MessageSource
let last = 0

beforeEach(async () => {
  whatsapp = await sending.connect()
  const components = [{ type: "BODY", text: "Mañana hay corte" }]
  graph.templates = [{ name: "corte", language: "es", category: "UTILITY", status: "APPROVED", components }]
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
})

const newPhone = () => `+57300500${String(++last).padStart(4, "0")}`

async function campaign(...phones: string[]) {
  const template = { name: "corte", language: "es" }
  const made = await ana.call("POST", "/campaigns", {
    name: `Corte ${last}`,
    kind: "messaging",
    connectionId: whatsapp.id,
    template,
  })
  const path = `/campaigns/${String(made.body["id"])}`
  const add = (...more: string[]) =>
    ana.call("POST", `${path}/recipients`, { recipients: more.map((phone) => ({ phone, name: "Rosa" })) })
  assert.equal((await add(...phones)).body["added"], phones.length)
  const run = async () => {
    await ana.call("PUT", `${path}/status`, { status: "running" })
    while (await runCampaigns(desk, createLog("silent")));
    await work()
  }
  const reasons = async () => {
    const { body } = await ana.call("GET", `${path}/shipments`)
    return (body["items"] as { state: string; reason: string | null }[]).map((one) => one.reason ?? "sent").toSorted()
  }
  return { add, run, reasons }
}

test("two numbers of one person are one recipient, whether they go together or one after the other", async () => {
  const [one, two, three] = [newPhone(), newPhone(), newPhone()]
  const identities = [one, two, three].map((value) => ({ kind: "phone", value }))
  assert.equal((await ana.call("POST", "/contacts", { name: "Rosa", identities })).status, 201)
  const corte = await campaign(one, two, newPhone())
  await corte.run()
  assert.equal(graph.accepted.length, 2)
  assert.deepEqual(await corte.reasons(), ["same_person", "sent", "sent"])
  const again = await campaign(one)
  await again.run()
  assert.equal(graph.accepted.length, 3, "another campaign is another matter")
})

test("contacts merged while a campaign waits get it once", async () => {
  const [one, two] = [newPhone(), newPhone()]
  const person = async (value: string) =>
    String((await ana.call("POST", "/contacts", { name: "Rosa", identities: [{ kind: "phone", value }] })).body["id"])
  const [a, b] = [await person(one), await person(two)]
  const [first, second] = [await campaign(one, two), await campaign(two, one)]
  // Of the second, one number is through before the two are known to be one person's.
  await desk.db.pool.query(
    "update campaign_shipments set state = 'cancelled' where campaign_id = (select max(id) from campaigns) and recipient = $1",
    [one],
  )
  await second.run()
  assert.equal(graph.accepted.length, 1)
  await desk.db.pool.query(
    "update campaign_shipments set state = 'waiting' where state = 'cancelled' and campaign_id = (select max(id) from campaigns)",
  )
  await desk.db.pool.query(
    "update campaigns set status = 'draft', finished_at = null where id = (select max(id) from campaigns)",
  )
  await acting(desk, (act) => mergeContacts(act, b, a, { isOnePerson: true }))
  await second.run()
  await first.run()
  assert.equal(graph.accepted.length, 2)
  for (const one of [first, second]) assert.deepEqual(await one.reasons(), ["same_person", "sent"])
})
