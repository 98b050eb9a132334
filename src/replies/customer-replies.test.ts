// A customer with an account writes on their tickets, and what that does to them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import type { Message } from "#messages/index.ts"
import { createTeam } from "#people/index.ts"
import { changeSetting } from "#settings/index.ts"
import { lockTicket, mayReadFile, type Link, type Ticket, ticketRoutes, transition } from "#tickets/index.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { fileRoutes } from "#files/index.ts"
import { replyRoutes } from "./reply-routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  fileRoutes(app, kit, mayReadFile)
})
const someone = (name: string, role: "user" | "agent" | "admin") =>
  member(desk, { email: `${name}@example.com`, name, role })
const [root, ana, carla] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Carla", "user"),
]
await acting(desk, (act) => createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId] }))
const days = (n: number) => n * 86_400_000

const opened = async (who: Client = carla, more: object = {}) =>
  (await who.call("POST", "/tickets", { subject: "No llegó", description: "hola", ...more })).body as Ticket
const get = async (id: string, who: Client = ana) => (await who.call("GET", `/tickets/${id}`)).body as Ticket
const writes = async (who: Client, id: string, body: object = { content: "¿Y bien?" }) => {
  const answer = await who.call("POST", `/tickets/${id}/messages`, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as Message
}
const move = async (who: Client, id: string, status: string, more: object = {}) => {
  const answer = await who.call("PUT", `/tickets/${id}/status`, { status, ...more })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as Ticket
}

test("a customer's message comes in, counts as unread, is plain text and goes out nowhere", async () => {
  const { id } = await opened()
  const message = await writes(carla, id, { content: "# no es un título" })
  assert.deepEqual([message.direction, message.sender.type, message.contentHtml], ["in", "contact", null])
  const { unreadMessages, messageCount, status, firstResponseAt } = await get(id)
  assert.deepEqual([unreadMessages, messageCount, status, firstResponseAt], [2, 2, "open", null])
  const to = [{ address: "eva@example.net" }]
  assert.equal((await carla.call("POST", `/tickets/${id}/messages`, { content: "x", to })).status, 400)
})

test("a customer's message on a waiting ticket opens it, on a resolved one always reopens it", async () => {
  const { id } = await opened()
  await move(ana, id, "pending")
  await writes(carla, id)
  assert.equal((await get(id)).status, "open")
  await move(ana, id, "resolved", { resolution: "Se envió otro" })
  desk.clock.pass(days(400))
  await writes(carla, id)
  const { status, resolution, resolvedAt, closedAt, reopenCount } = await get(id)
  assert.deepEqual([status, resolution, resolvedAt, closedAt, reopenCount], ["open", null, null, null, 1])
})

test("on a closed ticket it reopens up to the last instant of the limit, and after that a new one follows it", async () => {
  const [inTime, late] = [await opened(), await opened(carla, { subject: "Otra vez" })]
  await move(ana, inTime.id, "closed")
  await move(ana, late.id, "closed")
  desk.clock.pass(days(14))
  assert.equal((await writes(carla, inTime.id)).ticketId, inTime.id)
  assert.equal((await get(inTime.id)).status, "open")
  desk.clock.pass(1)
  const { ticketId } = await writes(carla, late.id, { content: "Sigue igual" })
  assert.notEqual(ticketId, late.id)
  const [before, after] = [await get(late.id), await get(ticketId, carla)]
  assert.equal(before.status, "closed")
  assert.deepEqual(
    [after.subject, after.status, after.contact?.id, after.messageCount],
    ["Otra vez", "open", late.contact!.id, 1],
  )
  const linked = (links: Link[]) => links.map(({ type, direction, ticket }) => [type, direction, ticket.id])
  assert.deepEqual(linked(before.links), [["follow_up", "to", ticketId]])
  assert.deepEqual(linked(after.links), [["follow_up", "from", late.id]])
  const why = await ana.call("GET", `/tickets/${ticketId}/why`)
  assert.match(JSON.stringify(why.body), /closed 15 d ago, it reopens within 14 d/)
})

test("the limit is a setting, and 0 days lets nothing closed come back", async () => {
  await acting(desk, (act) => changeSetting(act, "support.reopenDays", 0))
  const { id } = await opened()
  await move(ana, id, "closed")
  desk.clock.pass(1)
  assert.notEqual((await writes(carla, id)).ticketId, id)
  await acting(desk, (act) => changeSetting(act, "support.reopenDays", 14))
})

test("a customer closes and reopens their own ticket by hand, too late it is a new one, and does nothing else to it", async () => {
  const { id } = await opened()
  for (const status of ["pending", "resolved"])
    assert.equal((await carla.call("PUT", `/tickets/${id}/status`, { status })).status, 403, status)
  await move(ana, id, "pending")
  assert.deepEqual((await get(id, carla)).can, ["reply", "closed"])
  assert.equal((await carla.call("PUT", `/tickets/${id}/status`, { status: "open" })).status, 403, "it is not over")
  assert.equal((await move(carla, id, "closed")).status, "closed")
  assert.deepEqual([(await move(carla, id, "open")).id, (await get(id)).status], [id, "open"])
  await move(carla, id, "closed")
  desk.clock.pass(days(14) + 1)
  const next = await move(carla, id, "open")
  assert.notEqual(next.id, id)
  assert.deepEqual([next.status, (await get(id)).status], ["open", "closed"])
  assert.deepEqual(
    [(await move(root, id, "open")).id, (await get(id)).status],
    [id, "open"],
    "staff reopen at any time",
  )
})

test("whatever a customer writes on a ticket that is closed for good goes on in the one that follows it", async () => {
  const { id } = await opened()
  await move(ana, id, "closed")
  desk.clock.pass(days(14) + 1)
  const first = await writes(carla, id)
  assert.equal((await writes(carla, id)).ticketId, first.ticketId)
  assert.equal((await move(carla, id, "open")).id, first.ticketId)
  await move(ana, first.ticketId, "closed")
  desk.clock.pass(days(14))
  assert.equal((await writes(carla, id)).ticketId, first.ticketId, "which comes back as any other")
  await move(ana, first.ticketId, "closed")
  desk.clock.pass(days(14) + 1)
  const second = await writes(carla, id)
  assert.ok(![id, first.ticketId].includes(second.ticketId))
  assert.equal((await writes(carla, first.ticketId)).ticketId, second.ticketId)
})

test("what follows a ticket that is closed for good is where their conversation goes on too, which was merged into that", async () => {
  const source = await openMessageSource(desk)
  const says = async () => (await source.says("carla@example.com")).ticket!
  const [{ id }, conversation] = [await opened(), await says()]
  const { status } = await root.call("POST", `/tickets/${conversation.id}/merge`, { into: id })
  assert.equal(status, 200)
  await move(ana, id, "closed")
  desk.clock.pass(days(14) + 1)
  const first = await writes(carla, id)
  assert.equal((await says()).id, first.ticketId)
  await move(ana, first.ticketId, "closed")
  desk.clock.pass(days(14))
  assert.equal((await says()).id, first.ticketId, "which comes back as any other")
  await move(ana, first.ticketId, "closed")
  desk.clock.pass(days(14) + 1)
  const second = await says()
  assert.ok(![id, first.ticketId].includes(second.id))
  assert.equal((await writes(carla, id)).ticketId, second.id)
})

test("where what follows was merged into another of their tickets, their conversation goes on too, and brings that back", async () => {
  const source = await openMessageSource(desk)
  const says = async () => (await source.says("carla@example.com")).ticket!
  const [{ id }, conversation] = [await opened(), await says()]
  desk.clock.pass(1)
  const other = await opened()
  const merge = async (from: string, into: string) =>
    assert.equal((await root.call("POST", `/tickets/${from}/merge`, { into })).status, 200)
  await merge(conversation.id, id)
  await move(ana, id, "closed")
  desk.clock.pass(days(14) + 1)
  await merge((await writes(carla, id)).ticketId, other.id)
  assert.equal((await says()).id, other.id)
  await move(ana, other.id, "closed")
  assert.equal((await says()).id, other.id)
  assert.equal((await writes(carla, id)).ticketId, other.id)
})

test("a ticket that was merged does not come back, however long ago it was", async () => {
  const [source, target] = [await opened(), await opened()]
  await root.call("POST", `/tickets/${source.id}/merge`, { into: target.id })
  desk.clock.pass(days(15))
  const answer = await carla.call("PUT", `/tickets/${source.id}/status`, { status: "open" })
  assert.deepEqual([answer.status, answer.body["code"]], [409, "merged"])
})

test("an answer of the staff is the first response once, changes no status, and is there to be read", async () => {
  const { id } = await opened()
  await move(ana, id, "pending")
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => writes(ana, id, { content: `Respuesta ${n}` })))
  const first = await get(id)
  assert.equal(first.status, "pending")
  const { rows } = await desk.db.pool.query(
    "select subject_id from events where ticket_id = $1 and kind = 'message.posted' and (data->>'isFirstResponse')::boolean",
    [id],
  )
  assert.equal(rows.length, 1)
  desk.clock.pass(60_000)
  await writes(ana, id, { content: "Una más" })
  assert.deepEqual((await get(id)).firstResponseAt, first.firstResponseAt)
  const { body } = await carla.call("GET", `/tickets/${id}/messages`)
  assert.equal(body["total"], 1 + answers.length + 1)
})

test("an agent's own opening text is no first response", async () => {
  const ticket = await opened(ana, { contact: { email: "carla@example.com" } })
  assert.equal(ticket.firstResponseAt, null)
  await writes(ana, ticket.id)
  assert.notEqual((await get(ticket.id)).firstResponseAt, null)
})

test("notes are for staff: refused of a customer, never shown to one, and they move nothing a customer sees", async () => {
  const { id } = await opened()
  const before = await get(id, carla)
  desk.clock.pass(60_000)
  const refused = await carla.call("POST", `/tickets/${id}/messages`, { content: "x", isInternal: true })
  assert.equal(refused.status, 403)
  const note = await writes(ana, id, { content: "cliente difícil", isInternal: true })
  const after = await get(id, carla)
  assert.deepEqual(
    [after.lastMessageAt, after.unreadMessages, after.messageCount, after.firstResponseAt],
    [before.lastMessageAt, before.unreadMessages, before.messageCount, null],
  )
  for (const includeInternal of ["true", "false"]) {
    const { body } = await carla.call("GET", `/tickets/${id}/messages?includeInternal=${includeInternal}`)
    assert.doesNotMatch(JSON.stringify(body), /difícil/)
  }
  const staff = async (flag: string) =>
    (await ana.call("GET", `/tickets/${id}/messages?includeInternal=${flag}`)).body["total"]
  assert.deepEqual([await staff("true"), await staff("false")], [2, 1])
  const probe = (replyTo: string) => carla.call("POST", `/tickets/${id}/messages`, { content: "x", replyTo })
  const [real, made] = [await probe(note.id), await probe("msg_none")]
  assert.deepEqual([real.status, real.body["errors"]], [400, made.body["errors"]])
})

test("a customer learns the name of who helps them and nothing that staff keep to themselves", async () => {
  const { id } = await opened()
  await ana.call("PATCH", `/tickets/${id}`, { tags: ["queja"], customFields: { margen: 3 } })
  await ana.call("PUT", `/tickets/${id}/assignment`, { agentId: ana.userId })
  await ana.call("PUT", `/tickets/${id}/snooze`, { until: new Date(desk.now().getTime() + days(1)).toISOString() })
  await writes(ana, id, { content: "Voy a mirar" })
  const [ticket, list, said] = [
    await carla.call("GET", `/tickets/${id}`),
    await carla.call("GET", "/tickets"),
    await carla.call("GET", `/tickets/${id}/messages`),
  ]
  for (const { body } of [ticket, list, said]) {
    const text = JSON.stringify(body)
    assert.doesNotMatch(text, new RegExp(`${ana.userId}|ana@example.com|queja|margen`))
  }
  assert.deepEqual((ticket.body as Ticket).assignee, { id: null, name: "Ana" })
  assert.equal((ticket.body as Ticket).snoozedUntil, null)
})

test("every message of the staff is cleaned as it is shown", async () => {
  const { id } = await opened()
  const { id: messageId } = await writes(ana, id, { content: "**Voy**" })
  const evil =
    '<p>Voy</p><img src="https://x.example/p.gif"><a href="javascript:alert(1)" class="x">x</a><script>1</script>'
  await desk.db.pool.query("update messages set content_html = $1 where id = $2", [evil, messageId])
  const { body } = await carla.call("GET", `/tickets/${id}/messages`)
  const shown = (body["items"] as Message[]).at(-1)!.contentHtml!
  assert.match(shown, /^<p>Voy<\/p>/)
  assert.doesNotMatch(shown, /img|javascript|class|script/)
})

test("what a customer writes on an old conversation, or reopens, is on the one that comes back in the same moment", async () => {
  const source = await openMessageSource(desk)
  const goesOn = {
    writes: (id: string) => carla.call("POST", `/tickets/${id}/messages`, { content: "¿Y bien?" }),
    reopens: (id: string) => carla.call("PUT", `/tickets/${id}/status`, { status: "open" }),
  }
  for (const act of ["writes", "reopens"] as const) {
    const older = (await source.says("carla@example.com")).ticket!.id
    await move(root, older, "closed")
    desk.clock.pass(days(30))
    const last = (await source.says("carla@example.com")).ticket!.id
    assert.notEqual(last, older)
    await move(root, last, "closed")
    const { status, body } = await runConcurrently(
      desk,
      async (other) => transition(other, await lockTicket(other, last), { to: "open" }),
      () => goesOn[act](older),
    )
    assert.deepEqual([status, body["ticketId"] ?? body["id"]], [act === "writes" ? 201 : 200, last])
    await move(root, last, "closed")
    desk.clock.pass(days(30))
  }
})
