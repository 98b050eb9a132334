import assert from "node:assert/strict"
import { test } from "node:test"
import { type Answer, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import type { Act } from "#kernel/act.ts"
import { fileRoutes } from "#files/index.ts"
import { mayReadFile } from "../file-access.ts"
import { replyRoutes } from "#replies/index.ts"
import type { Message } from "#messages/index.ts"
import { contactRoutes } from "#contacts/index.ts"
import { transition } from "../lifecycle/transition.ts"
import { customFieldRoutes } from "../fields/custom-field-routes.ts"
import { type Link, type Ticket } from "../api-contract.ts"
import { lockTicket } from "../ticket-store.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  customFieldRoutes(app, kit)
  contactRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
})
const someone = (name: string, role: "user" | "agent" | "lead" | "admin", teamIds: string[] = []) =>
  member(desk, { email: `${name.toLowerCase()}@example.com`, name, role, teamIds })
const team = async (id: string, isDefault = false) => {
  await desk.db.pool.query("insert into teams (id, name, is_default, created_at) values ($1, $1, $2, now())", [
    id,
    isDefault,
  ])
  return id
}
const [first, sales] = [await team("tem_first", true), await team("tem_sales")]
const root = await someone("Root", "admin")
const ana = await someone("Ana", "agent", [first])
const bruno = await someone("Bruno", "agent", [sales])
const carla = await someone("Carla", "user")
const damian = await someone("Damian", "user")

type IdAndName = { id: string; name: string }
/** With all that the tests below ask for. */
type OpenedTicket = Ticket & { contact: IdAndName; assignee: IdAndName; team: IdAndName }
const opened = async (who: typeof ana, body: object, status = 201): Promise<OpenedTicket> => {
  const answer = await who.call("POST", "/tickets", body)
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body as OpenedTicket
}
const named = (answer: Answer) => ((answer.body["errors"] ?? []) as { path: string }[]).map(({ path }) => path)
const kindsOf = async (ticketId: string) =>
  (await desk.db.pool.query("select kind from events where ticket_id = $1 order by id", [ticketId])).rows.map(
    (row) => row.kind,
  )

test("staff open a ticket: number, medium, default team, the description as its first message", async () => {
  const ticket = await opened(ana, { subject: "Caja rota", description: "**Llegó** rota" })
  assert.match(ticket.number, /^TKT-\d{5}$/)
  const { kind, status, phase, priority, channel, version, team } = ticket
  assert.deepEqual(
    { kind, status, phase, priority, channel, version, team: team.id },
    { kind: "support", status: "open", phase: "new", priority: "medium", channel: "web", version: 1, team: first },
  )
  assert.deepEqual([ticket.messageCount, ticket.unreadMessages, ticket.firstResponseAt], [1, 0, null])
  const { body } = await ana.call("GET", `/tickets/${ticket.id}/messages`)
  const [message] = body["items"] as Message[]
  assert.deepEqual([message!.content, message!.sender.name], ["**Llegó** rota", "Ana"])
  assert.match(String(message!.contentHtml), /<strong>/)
  assert.deepEqual(await kindsOf(ticket.id), ["ticket.created", "message.posted"])
})

test("what a client may not choose is refused by name: number, status, ids, counters", async () => {
  const before = await desk.db.pool.query("select count(*) from tickets")
  for (const name of [
    "number",
    "status",
    "id",
    "createdById",
    "slaDueAt",
    "firstResponseAt",
    "messageCount",
    "version",
    "phase",
    "kind",
  ]) {
    const answer = await ana.call("POST", "/tickets", { subject: "Mía", [name]: "x" })
    assert.deepEqual([answer.status, named(answer)], [400, [name]], name)
  }
  assert.deepEqual((await desk.db.pool.query("select count(*) from tickets")).rows, before.rows)
})

test("a customer opens a ticket as themselves and sees it, and no other customer does", async () => {
  const ticket = await opened(carla, { subject: "No llegó", description: "# hola" })
  assert.deepEqual([ticket.contact.name, ticket.unreadMessages], ["Carla", 1])
  const { body } = await carla.call("GET", `/tickets/${ticket.id}/messages`)
  const [message] = body["items"] as Message[]
  assert.deepEqual([message!.direction, message!.sender.type, message!.contentHtml], ["in", "contact", null])
  assert.deepEqual(
    ((await carla.call("GET", "/tickets")).body["items"] as Ticket[]).map(({ id }) => id),
    [ticket.id],
  )
  assert.equal((await damian.call("GET", `/tickets/${ticket.id}`)).status, 404)
})

test("a customer gives nothing but their own fields", async () => {
  const given = {
    priority: "urgent",
    tags: ["x"],
    contact: { email: "damian@example.com" },
    assigneeId: ana.userId,
    teamId: sales,
    threadKey: "k",
    conversationId: "TKT-1",
    channel: "phone",
    language: "es",
  }
  for (const [name, value] of Object.entries(given)) {
    const answer = await carla.call("POST", "/tickets", { subject: "Mía", [name]: value })
    assert.deepEqual([answer.status, answer.body["code"]], [403, "forbidden"], name)
  }
})

test("the contact is found as a message would find it, by e-mail and by phone however it is written, or made", async () => {
  const by = async (contact: object) => (await opened(ana, { subject: "x", contact })).contact
  const made = await by({ name: "Elsa", email: "Elsa@Example.com", phone: "+57 300 555 0101" })
  assert.equal(made.name, "Elsa")
  for (const contact of [
    { email: "elsa@example.com " },
    { phone: "0057 (300) 555-0101" },
    { phone: "tel:+573005550101", name: "Otra" },
  ])
    assert.deepEqual(await by(contact), made, JSON.stringify(contact))
  const source = await openMessageSource(desk)
  const { ticket } = await source.says("+573005550101")
  assert.equal(ticket!.contact!.id, made.id)
  const nameless = await by({ name: "Elsa" })
  assert.notEqual(nameless.id, made.id)
  for (const [contact, path] of [
    [{}, "contact"],
    [{ email: "no" }, "contact.email"],
    [{ phone: "no" }, "contact.phone"],
    [{ name: " " }, "contact"],
  ] as const) {
    const answer = await ana.call("POST", "/tickets", { subject: "x", contact })
    assert.deepEqual([answer.status, named(answer)], [400, [path]])
  }
})

test("two people's addresses are not made one person's by what somebody typed", async () => {
  const by = async (contact: object) => (await opened(ana, { subject: "x", contact })).contact.id
  const [fran, gil] = [await by({ email: "fran@example.com" }), await by({ phone: "+573005550102" })]
  assert.equal(await by({ email: "fran@example.com", phone: "+573005550102" }), fran)
  assert.equal(await by({ phone: "+573005550102" }), gil)
})

test("a customer sees what staff opened for their e-mail, before and after their first ticket", async () => {
  const elena = await someone("Elena", "user")
  assert.deepEqual((await elena.call("GET", "/tickets")).body["items"], [])
  const forElena = await opened(ana, { subject: "Por teléfono", contact: { email: "ELENA@example.com" } })
  assert.equal((await elena.call("GET", `/tickets/${forElena.number}`)).status, 200)
  const own = await opened(elena, { subject: "Otra cosa" })
  assert.equal(own.contact.id, forElena.contact.id)
  assert.equal((await elena.call("GET", "/tickets")).body["total"], 2)
})

test("merging contacts takes the customer's account along", async () => {
  const fabio = await someone("Fabio", "user")
  const own = await opened(fabio, { subject: "Mía" })
  const other = await opened(ana, { subject: "Suya", contact: { phone: "+573005550103" } })
  desk.authentication.dropCache()
  const { mergeContacts } = await import("#intake/identities/merge-contacts.ts")
  const { acting } = await import("#test/desks/test-desk.ts")
  await acting(desk, (act) => mergeContacts(act, own.contact.id, other.contact.id, { isOnePerson: true }))
  desk.authentication.dropCache()
  assert.equal((await fabio.call("GET", "/tickets")).body["total"], 2)
})

test("a thread key that is active gives the ticket back, with the description as one more message", async () => {
  const body = { subject: "Disco lleno", description: "90 %", threadKey: "host-1:disk" }
  const ticket = await opened(ana, body)
  assert.equal(ticket.threadKey, `support:${ana.userId}:host-1:disk`)
  await ana.call("PUT", `/tickets/${ticket.id}/status`, { status: "pending" })
  const joined = await opened(ana, { ...body, description: "95 %" }, 200)
  assert.deepEqual([joined.id, joined.status, joined.messageCount, joined.unreadMessages], [ticket.id, "open", 2, 1])
  assert.equal((await opened(ana, { subject: "x", threadKey: "host-1:disk" }, 200)).messageCount, 2)
  assert.notEqual((await opened(bruno, body)).id, ticket.id, "the key is somebody else's")
  await ana.call("PUT", `/tickets/${ticket.id}/status`, { status: "resolved" })
  assert.notEqual((await opened(ana, body)).id, ticket.id)
})

test("of many that race for a thread one opens the ticket and the others join it", async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      ana.call("POST", "/tickets", { subject: "Carrera", description: `${n}`, threadKey: "race" }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [...Array(9).fill(200), 201])
  assert.equal(new Set(answers.map(({ body }) => body["id"])).size, 1)
  const { body } = await ana.call("GET", `/tickets/${String(answers[0]!.body["id"])}`)
  assert.equal(body["messageCount"], 10)
})

test("what comes for a thread in the moment in which it closes opens a ticket of its own", async () => {
  const body = { subject: "Disco lleno", description: "91 %", threadKey: "host-2:disk" }
  const ticket = await opened(ana, body)
  const close = async (act: Act) => transition(act, await lockTicket(act, ticket.id), { to: "closed" })
  const answer = await runConcurrently(desk, close, () => ana.call("POST", "/tickets", body))
  assert.equal(answer.status, 201)
  assert.notEqual(answer.body["id"], ticket.id)
  assert.equal((await ana.call("GET", `/tickets/${ticket.id}`)).body["messageCount"], 1)
})

test("a file goes along once, and somebody else's stays theirs", async () => {
  const upload = async (who: typeof ana) => {
    const payload =
      "--x\r\ncontent-disposition: form-data; name=file; filename=a.txt\r\ncontent-type: text/plain\r\n\r\nhola\r\n--x--\r\n"
    const answer = await desk.app.inject({
      method: "POST",
      url: "/api/v1/attachments",
      payload,
      headers: { authorization: `Bearer ${who.key}`, "content-type": "multipart/form-data; boundary=x" },
    })
    return String(answer.json().id)
  }
  const [mine, theirs] = [await upload(carla), await upload(damian)]
  const stolen = await carla.call("POST", "/tickets", { subject: "x", attachmentIds: [theirs] })
  const missing = await carla.call("POST", "/tickets", { subject: "x", attachmentIds: ["att_0"] })
  const [{ requestId: _1, ...a }, { requestId: _2, ...b }] = [stolen.body, missing.body]
  assert.deepEqual([stolen.status, a], [404, b])
  const ticket = await opened(carla, { subject: "Con foto", attachmentIds: [mine] })
  const { body } = await carla.call("GET", `/tickets/${ticket.id}/messages`)
  assert.deepEqual(
    (body["items"] as Message[])[0]!.attachments.map(({ id }) => id),
    [mine],
  )
  assert.equal((await carla.call("POST", "/tickets", { subject: "x", attachmentIds: [mine] })).status, 404)
  await opened(damian, { subject: "La mía", attachmentIds: [theirs] })
})

test("an agent given at the start is assigned by the rules of giving, and the log says so in order", async () => {
  const ticket = await opened(root, { subject: "Para Bruno", description: "hola", assigneeId: bruno.userId })
  assert.deepEqual([ticket.assignee.id, ticket.team.id, ticket.phase], [bruno.userId, sales, "active"])
  assert.deepEqual(await kindsOf(ticket.id), ["ticket.created", "ticket.assigned", "message.posted"])
  const wrong = await root.call("POST", "/tickets", { subject: "x", assigneeId: carla.userId })
  assert.deepEqual([wrong.status, named(wrong)], [400, ["assigneeId"]])
  assert.equal((await ana.call("POST", "/tickets", { subject: "x", teamId: sales })).status, 403)
  assert.equal((await root.call("POST", "/tickets", { subject: "x", teamId: "tem_none" })).status, 400)
  assert.equal((await opened(root, { subject: "x", teamId: sales })).team.id, sales)
})

test("a ticket made from a conversation is linked with it and has its contact", async () => {
  const source = await openMessageSource(desk, { teamIds: [first] })
  const talk = (await source.says("+573005550104")).ticket!
  const ticket = await opened(ana, { subject: "Garantía", conversationId: talk.number })
  assert.equal(ticket.contact.id, talk.contact!.id)
  assert.deepEqual(ticket.links, [
    {
      type: "conversation",
      direction: "to",
      ticket: { id: talk.id, number: talk.number, subject: "", status: "pending" },
    },
  ])
  const back = await ana.call("GET", `/tickets/${talk.id}`)
  assert.equal((back.body["links"] as Link[])[0]!.ticket.id, ticket.id)
  assert.equal((await bruno.call("POST", "/tickets", { subject: "x", conversationId: talk.id })).status, 404)
  assert.equal((await ana.call("POST", "/tickets", { subject: "x", conversationId: ticket.id })).status, 400)
})

test("the language and name of a new ticket fill in its own contact, and nobody else's", async () => {
  const silent = await opened(ana, { subject: "Primera", contact: { phone: "+573004440001" } })
  const spoken = { phone: "+573004440002", name: "Habla" }
  const ticket = await opened(ana, { subject: "Segunda", contact: { phone: spoken.phone } })
  await opened(ana, { subject: "Tercera", contact: spoken, language: "pt" })
  const of = async (id: string) =>
    (await desk.db.pool.query("select name, language from contacts where id = $1", [id])).rows[0]
  assert.deepEqual(await of(ticket.contact.id), { name: "Habla", language: "pt" })
  assert.deepEqual(await of(silent.contact.id), { name: "", language: null })
})

test("a ticket that is opened from a conversation locks that after its contact, as who merges contacts does", async () => {
  const { ticket } = await (await openMessageSource(desk)).says("+573005550199")
  const hold = (table: "contacts" | "tickets", id: string) => (act: Act) =>
    act.tx.selectFrom(table).select("id").where("id", "=", id).forNoKeyUpdate().execute()
  const answer = await runConcurrently(
    desk,
    hold("contacts", ticket!.contact!.id),
    () => root.call("POST", "/tickets", { subject: "Factura", conversationId: ticket!.id }),
    hold("tickets", ticket!.id),
  )
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
})
