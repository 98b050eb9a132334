// A conversation that staff begin with one person, whom they see or describe.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { createTeam } from "#people/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting, type Client, member } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import type { StartConnection } from "./api-contract.ts"

const { desk, ana, graph, work, connect } = await openSending(ticketRoutes, contactRoutes)
const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const template = { name: "hola", language: "es", parameters: ["Rosa"] }
const components = [{ type: "BODY", text: "Hola {{1}}" }]
const whatsapp = await connect()
graph.templates = [{ name: "hola", language: "es", category: "UTILITY", status: "APPROVED", components }]
await ana.call("POST", `/connections/${whatsapp.id}/templates/sync`, {})
let last = 0

const newPhone = () => `+57300701${String(++last).padStart(4, "0")}`
const ticket = async (id: string) => (await ana.call("GET", `/tickets/${id}`)).body
const begin = (body: object, who: Client = ana, headers: Record<string, string> = {}) =>
  who.call("POST", "/conversations", body, headers)
const api = await openMessageSource(desk)
const known = async (name: string, ...addresses: string[]) => {
  const identities = addresses.map((value) => ({ kind: value.includes("@") ? "email" : "phone", value }))
  return String((await ana.call("POST", "/contacts", { name, identities })).body["id"])
}
const connectionsFor = async (query: string, who: Client = ana) => {
  const { status, body } = await who.call("GET", `/conversations/connections?${query}`)
  return status === 200 ? (body["items"] as StartConnection[]) : status
}

test("with a person whom one sees a template begins a conversation, and the active one is offered instead of another", async () => {
  const phone = newPhone()
  const contactId = await known("Rosa", phone)
  const offered = async () =>
    ((await connectionsFor(`contactId=${contactId}`)) as StartConnection[]).find(({ id }) => id === whatsapp.id)!
  const { name: _, addresses, ...way } = await offered()
  assert.deepEqual(
    addresses.map(({ identityId: _id, ...one }) => one),
    [{ address: phone, canSend: true, refusesMarketing: false }],
  )
  const free = { canSend: true, reason: null, refusesMarketing: false, ticket: null, activeTickets: [] }
  assert.deepEqual(way, { id: whatsapp.id, kind: "whatsapp", by: "template", address: phone, ...free })
  const { status, body } = await begin({ contactId, connectionId: whatsapp.id, template })
  assert.deepEqual([status, body["content"]], [201, "Hola Rosa"])
  const there = await ticket(String(body["ticketId"]))
  assert.deepEqual(
    [there["kind"], there["status"], (there["assignee"] as { id: string }).id],
    ["conversation", "open", ana.userId],
  )
  await work()
  assert.equal(`+${graph.accepted.at(-1)!.to}`, phone)
  assert.deepEqual((await offered()).ticket, { id: there["id"], number: there["number"] })
  assert.equal((await offered()).canSend, false)
  const again = await begin({ contactId, connectionId: whatsapp.id, template })
  assert.deepEqual([again.status, again.body["code"], again.body["number"]], [409, "thread_busy", there["number"]])
  assert.equal((await ticket(String(there["id"])))["messageCount"], 1)
})

test("of several numbers the writer chooses one, which must be the contact's and be reached", async () => {
  const [first, second] = [newPhone(), newPhone()]
  const contactId = await known("Varios", "varios@example.com", first, second)
  const other = await known("Otra", newPhone())
  const addressesOf = async (id: string) =>
    ((await connectionsFor(`contactId=${id}`)) as StartConnection[]).find((one) => one.id === whatsapp.id)!.addresses
  const addresses = await addressesOf(contactId)
  assert.deepEqual(
    addresses.map(({ address }) => address),
    [first, second],
  )
  const body = { contactId, connectionId: whatsapp.id, template }
  const [elsewhere] = await addressesOf(other)
  const former = await known("Antes", newPhone())
  const [replaced] = await addressesOf(former)
  await desk.db.pool.query("update contact_identities set contact_id = $1, replaced_by = $2 where id = $3", [
    contactId,
    addresses[0]!.identityId,
    replaced!.identityId,
  ])
  for (const identityId of [elsewhere!.identityId, replaced!.identityId, "idn_none"])
    assert.equal((await begin({ ...body, identityId })).status, 404)
  const described = { contact: { phone: first }, connectionId: whatsapp.id, template }
  assert.equal((await begin({ ...described, identityId: addresses[0]!.identityId })).status, 400)
  assert.equal((await begin({ ...body, identityId: addresses[1]!.identityId })).status, 201)
  await work()
  assert.equal(`+${graph.accepted.at(-1)!.to}`, second)
})

test("on an API connection a text begins it, to the address that was typed, and the person is found by that", async () => {
  const [phone, other] = [newPhone(), newPhone()]
  const contactId = await known("Iris", phone, other)
  assert.deepEqual(
    ((await connectionsFor("reach=phone")) as StartConnection[])
      .filter(({ id }) => [api.id, whatsapp.id].includes(id))
      .map(({ id, by, canSend }) => [id, by, canSend])
      .toSorted(),
    [
      [api.id, "text", true],
      [whatsapp.id, "template", true],
    ].toSorted(),
  )
  const content = "Hola, **soy Ana**"
  const { status, body } = await begin({ contact: { phone: other }, connectionId: api.id, content })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual([body["content"], body["contentHtml"]], [content, "<p>Hola, <strong>soy Ana</strong></p>\n"])
  const there = await ticket(String(body["ticketId"]))
  assert.equal((there["contact"] as { id: string }).id, contactId)
  const { rows } = await desk.db.pool.query(
    "select i.value from sends s join contact_identities i on i.id = s.recipient where s.message_id = $1",
    [body["id"]],
  )
  assert.deepEqual(rows, [{ value: other }])
  const stranger = await begin({
    contact: { name: "Nuevo", email: "nuevo@example.com" },
    connectionId: api.id,
    content,
  })
  assert.equal(stranger.status, 201)
  const made = (await ticket(String(stranger.body["ticketId"])))["contact"] as { id: string; name: string }
  const { identities } = (await ana.call("GET", `/contacts/${made.id}`)).body as {
    identities: { value: string; proof: string; isConfirmed: boolean }[]
  }
  // What staff type proves nothing.
  assert.deepEqual(
    [made.name, identities.map(({ value, proof, isConfirmed }) => [value, proof, isConfirmed])],
    ["Nuevo", [["nuevo@example.com", "staff", false]]],
  )
})

test("only an address that was typed is written to: neither another number of who has the e-mail, nor somebody else's", async () => {
  const [old, typed, others] = [newPhone(), newPhone(), newPhone()]
  for (const name of ["iris", "xenia", "oculta"])
    await known(name, `${name}@example.com`, name === "iris" ? old : newPhone())
  await known("Yaneth", others)
  const sent = graph.accepted.length
  const written = async (contact: object, who = ana) => {
    const { status, body } = await begin({ contact, connectionId: whatsapp.id, template }, who)
    return [status, body["reason"]]
  }
  const answers = {
    bothHers: await written({ email: "iris@example.com", phone: typed }),
    // The e-mail says who is meant, and the number is another's.
    ofTwo: await written({ email: "xenia@example.com", phone: others }),
    hidden: await written({ email: "oculta@example.com" }, bruno),
    unknown: await written({ email: "nadie@example.com" }, bruno),
  }
  await work()
  const to = graph.accepted.slice(sent).map((one) => `+${one.to}`)
  const nowhere = [409, "no_address"]
  assert.deepEqual(
    { ...answers, to },
    { bothHers: [201, undefined], ofTwo: nowhere, hidden: nowhere, unknown: nowhere, to: [typed] },
  )
})

test("of two who begin at once one does, and the other is led there", async () => {
  const contactId = await known("Dos", newPhone())
  const both = await Promise.all([1, 2].map(() => begin({ contactId, connectionId: api.id, content: "Hola" })))
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
  const { rows } = await desk.db.pool.query("select number from tickets where active and contact_id = $1", [contactId])
  assert.equal(rows.length, 1)
  assert.equal(both.find(({ status }) => status === 409)!.body["number"], rows[0]!.number)
})

test("the same key begins one conversation", async () => {
  const contactId = await known("Una", newPhone())
  const key = { "idempotency-key": `begin-${last}` }
  const asked = () => begin({ contactId, connectionId: api.id, content: "Hola" }, ana, key)
  const [one, two] = [await asked(), await asked()]
  assert.deepEqual([one.status, two.body["id"]], [201, one.body["id"]])
})

test("nobody begins with whom they do not see, nor on a ticket of others, nor what could not be sent", async () => {
  const phone = newPhone()
  const contactId = await known("Oculta", phone)
  const body = { contactId, connectionId: api.id, content: "Hola" }
  const refusal = async (answer: ReturnType<typeof begin>) => {
    const { status, body: said } = await answer
    return [status, said["code"]]
  }
  const stranger = await desk.app.inject({ method: "POST", url: "/api/v1/conversations", payload: body })
  assert.equal(stranger.statusCode, 401)
  assert.deepEqual(await refusal(begin(body, carla)), [403, "forbidden"])
  assert.deepEqual(await refusal(begin(body, bruno)), [404, "not_found"])
  assert.equal(await connectionsFor(`contactId=${contactId}`, bruno), 404)
  assert.deepEqual(await refusal(begin({ ...body, content: undefined })), [400, "invalid"])
  assert.deepEqual(await refusal(begin({ ...body, template })), [400, "invalid"])
  assert.deepEqual(await refusal(begin({ ...body, connectionId: whatsapp.id })), [400, "invalid"])
  // Bruno opens a ticket of his own for her; her conversation is another team's.
  await bruno.call("POST", "/tickets", { subject: "Llamó", contact: { name: "Oculta", phone } })
  assert.deepEqual(await refusal(begin(body, bruno)), [403, "forbidden"])
  const team = await acting(desk, (act) => createTeam(act, { name: `Otras ${last}`, memberIds: [ana.userId] }))
  const spoken = (await api.says(phone)).ticket!
  await ana.call("PUT", `/tickets/${spoken.id}/assignment`, { agentId: ana.userId, teamId: team.id })
  const typed = { contact: { phone }, connectionId: api.id, content: "Hola" }
  assert.deepEqual(await refusal(begin(typed, bruno)), [403, "forbidden"])
  assert.equal((await ticket(spoken.id))["messageCount"], 1)
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: true })
  assert.deepEqual(await refusal(begin({ ...body, contactId: await known("Sin nada") })), [409, "undeliverable"])
  assert.deepEqual(await refusal(begin(body)), [409, "contact_blocked"])
  assert.deepEqual(
    ((await connectionsFor(`contactId=${contactId}`)) as StartConnection[]).map(({ canSend, reason }) => [
      canSend,
      reason,
    ])[0],
    [false, "contact_blocked"],
  )
})
