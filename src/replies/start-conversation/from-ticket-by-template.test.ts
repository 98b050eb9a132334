// A WhatsApp conversation that begins on a ticket which no channel carries.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { createTeam } from "#people/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting, type Client, member } from "#test/desks/test-desk.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"

const sending = await openSending(ticketRoutes, contactRoutes)
const { desk, ana, graph, work } = sending
const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const template = { name: "hola", language: "es", parameters: ["Rosa"] }
const promo = { name: "promo", language: "es" }
let whatsapp: MessageSource
let last = 0

beforeEach(async () => {
  whatsapp = await sending.connect()
  const body = (text: string) => [{ type: "BODY", text }]
  graph.templates = [
    { name: "hola", language: "es", category: "UTILITY", status: "APPROVED", components: body("Hola {{1}}") },
    { name: "promo", language: "es", category: "MARKETING", status: "APPROVED", components: body("¡Oferta!") },
  ]
  await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
})

const newPhone = () => `+57300700${String(++last).padStart(4, "0")}`
const start = (id: string, more: object = {}, who: Client = ana) =>
  who.call("POST", `/tickets/${id}/messages`, { template, connectionId: whatsapp.id, ...more })
const ticket = async (id: string) => (await ana.call("GET", `/tickets/${id}`)).body

/** Somebody called: a ticket that no channel carries. */
async function called(contact: object = { name: "Rosa", phone: newPhone() }, who: Client = ana) {
  const { body } = await who.call("POST", "/tickets", { subject: "Llamó", contact })
  const { id, contact: made } = body as { id: string; contact: { id: string } }
  return { id, contactId: made.id }
}

test("a stranger and a customer start nothing", async () => {
  const { id } = await called()
  const url = `/api/v1/tickets/${id}/messages`
  const stranger = await desk.app.inject({
    method: "POST",
    url,
    payload: { template, connectionId: whatsapp.id },
  })
  assert.equal(stranger.statusCode, 401)
  assert.equal((await start(id, {}, carla)).status, 403)
  const own = await carla.call("POST", "/tickets", { subject: "Uno", description: "hola" })
  assert.equal((await start(String(own.body["id"]), {}, carla)).status, 403)
})

test("a template begins a conversation that is linked to the ticket, and the answer comes in there", async () => {
  const phone = newPhone()
  const { id, contactId } = await called({ name: "Rosa", phone })
  const window = (await ana.call("GET", `/tickets/${id}/reply-window`)).body
  const offered = window["templateConnections"] as { id: string }[]
  assert.equal(window["reason"], "unreachable")
  assert.ok(offered.some((one) => one.id === whatsapp.id))
  const { status, body } = await start(id)
  assert.deepEqual(
    [status, body["content"], body["sender"]],
    [201, "Hola Rosa", { type: "user", id: ana.userId, name: "Ana" }],
  )
  const there = await ticket(String(body["ticketId"]))
  assert.deepEqual(
    [there["kind"], there["status"], (there["contact"] as { id: string }).id, (there["assignee"] as { id: string }).id],
    ["conversation", "open", contactId, ana.userId],
  )
  const linked = (await ticket(id))["links"] as { type: string; direction: string; ticket: { id: string } }[]
  assert.deepEqual(
    linked.map(({ type, direction, ticket: other }) => [type, direction, other.id]),
    [["conversation", "to", there["id"]]],
  )
  await work()
  assert.equal(`+${graph.accepted.at(-1)!.to}`, phone)
  assert.equal((await sending.stateOf(String(body["id"]))).message, "sent")
  desk.clock.pass(1_000)
  assert.equal((await whatsapp.says(phone, { as: "phone" })).ticket!.id, there["id"])
})

test("where the two speak already it is said there, once for each key", async () => {
  const phone = newPhone()
  const { id } = await called({ name: "Rosa", phone })
  const spoken = (await whatsapp.says(phone, { as: "phone" })).ticket!
  const key = { "idempotency-key": `start-${last}` }
  const asked = () => ana.call("POST", `/tickets/${id}/messages`, { template, connectionId: whatsapp.id }, key)
  const [one, two] = [await asked(), await asked()]
  assert.deepEqual([one.status, one.body["ticketId"], two.body["id"]], [201, spoken.id, one.body["id"]])
  const again = await start(id)
  assert.deepEqual([again.body["ticketId"], ((await ticket(id))["links"] as unknown[]).length], [spoken.id, 1])
  const { rows } = await desk.db.pool.query("select 1 from tickets where active and thread_key = $1", [
    `${whatsapp.id}:${spoken.contact!.id}`,
  ])
  assert.equal(rows.length, 1)
})

test("two who start at once start one conversation", async () => {
  const { id } = await called()
  const [one, two] = await Promise.all([start(id), start(id)])
  assert.deepEqual([one.status, two.status], [201, 201])
  assert.equal(one.body["ticketId"], two.body["ticketId"])
})

test("nobody writes into a conversation that they may not see", async () => {
  const phone = newPhone()
  const { id } = await called({ name: "Rosa", phone }, bruno)
  const team = await acting(desk, (act) => createTeam(act, { name: `Otros ${last}`, memberIds: [ana.userId] }))
  const spoken = (await whatsapp.says(phone, { as: "phone" })).ticket!
  await ana.call("PUT", `/tickets/${spoken.id}/assignment`, { agentId: ana.userId, teamId: team.id })
  assert.equal((await bruno.call("GET", `/tickets/${spoken.id}`)).status, 404)
  const refused = await start(id, {}, bruno)
  assert.deepEqual([refused.status, refused.body["code"]], [403, "forbidden"])
  assert.equal((await ticket(spoken.id))["messageCount"], 1)
  assert.equal((await start(spoken.id, {}, bruno)).status, 404)
})

test("an agent who knows somebody only by a ticket of their own learns no address by writing to it", async () => {
  const phone = newPhone()
  const email = `eva${last}@example.com`
  const identities = [
    { kind: "phone", value: phone },
    { kind: "email", value: email },
  ]
  await ana.call("POST", "/contacts", { name: "Eva", identities })
  const { id } = await called({ name: "Eva", email }, bruno)
  const started = await start(id, {}, bruno)
  assert.equal(started.status, 201)
  const there = String(started.body["ticketId"])
  const shown = await Promise.all(
    [
      `/tickets/${there}`,
      `/tickets/${there}/reply-window`,
      `/tickets/${there}/messages`,
      `/tickets/${there}/timeline`,
      `/tickets/${id}/reply-window`,
    ].map(async (path) => JSON.stringify((await bruno.call("GET", path)).body)),
  )
  for (const text of [...shown, JSON.stringify(started.body)]) assert.ok(!text.includes(phone.slice(3)), text)
  assert.equal(
    ((await ana.call("GET", `/tickets/${there}/reply-window`)).body["to"] as { address: string }).address,
    phone,
  )
  const { rows } = await desk.db.pool.query("select row_to_json(e)::text as event from events e where ticket_id = $1", [
    there,
  ])
  for (const { event } of rows) assert.ok(!String(event).includes(phone.slice(3)), String(event))
})

test("what could not be sent is refused before anything is written", async () => {
  const of = async (answer: ReturnType<typeof start>) => {
    const { status, body } = await answer
    return [status, body["code"], body["reason"]]
  }
  const fieldOf = async (answer: ReturnType<typeof start>) => {
    const { status, body } = await answer
    return [status, (body["errors"] as { path: string }[])[0]!.path]
  }
  const { id, contactId } = await called()
  assert.deepEqual(await fieldOf(start(id, { connectionId: "con_nothing" })), [400, "connectionId"])
  assert.deepEqual(await fieldOf(start(id, { template: { name: "nada", language: "es" } })), [400, "template.name"])
  assert.deepEqual(await fieldOf(start(id, { template: undefined, content: "hola" })), [400, "connectionId"])
  const spoken = (await whatsapp.says(newPhone(), { as: "phone" })).ticket!
  assert.deepEqual(await fieldOf(start(spoken.id)), [400, "connectionId"])
  const byMail = await called({ name: "Eva", email: `eva${last}@example.com` })
  assert.deepEqual(await of(start(byMail.id)), [409, "undeliverable", "no_address"])
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: true })
  assert.deepEqual(await of(start(id)), [409, "contact_blocked", undefined])
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: false })
  for (const [code, use, reason] of [
    [131050, promo, "opted_out"],
    [131026, template, "undeliverable"],
  ] as const) {
    graph.script = [{ does: "refuse", status: 400, code }]
    assert.equal((await start(id)).status, 201)
    await work()
    desk.clock.pass(1_000)
    assert.deepEqual(await of(start(id, { template: use })), [409, "undeliverable", reason])
  }
  await desk.db.pool.query("update connections set enabled = false where id = $1", [whatsapp.id])
  assert.deepEqual(await of(start(id)), [409, "connection_disabled", undefined])
  const { rows } = await desk.db.pool.query(
    "select count(*)::int as n from messages m join tickets t on t.id = m.ticket_id where t.contact_id = $1",
    [contactId],
  )
  assert.equal(rows[0]!.n, 2)
})

test("what is offered says what would be refused, and what would wait", async () => {
  const offer = async (id: string) => {
    const { body } = await ana.call("GET", `/tickets/${id}/reply-window`)
    const { canSend, reason, refusesMarketing } = (body["templateConnections"] as Offer[]).find(
      (one) => one.id === whatsapp.id,
    )!
    return { canSend, reason, refusesMarketing }
  }
  const { id } = await called()
  const free = { canSend: true, reason: null, refusesMarketing: false }
  assert.deepEqual(await offer(id), free)
  const breaker = JSON.stringify({ since: desk.clock.now.toISOString(), code: 190, reason: "token" })
  await desk.db.pool.query(
    "update connections set health = health || jsonb_build_object('breaker', $2::jsonb) where id = $1",
    [whatsapp.id, breaker],
  )
  assert.deepEqual(await offer(id), { ...free, reason: "breaker" })
  await desk.db.pool.query("update connections set health = health - 'breaker' where id = $1", [whatsapp.id])
  for (const [code, expected] of [
    [131050, { ...free, refusesMarketing: true }],
    [131026, { canSend: false, reason: "undeliverable", refusesMarketing: true }],
  ] as const) {
    graph.script = [{ does: "refuse", status: 400, code }]
    assert.equal((await start(id)).status, 201)
    await work()
    desk.clock.pass(1_000)
    assert.deepEqual(await offer(id), expected)
  }
  const refused = await start(id)
  assert.deepEqual([refused.status, refused.body["reason"]], [409, "undeliverable"])
})

type Offer = { id: string; canSend: boolean; reason: string | null; refusesMarketing: boolean }
