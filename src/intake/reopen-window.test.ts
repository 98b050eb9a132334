import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { assign, transition, lockTicket } from "#tickets/index.ts"
import { assertThreadsAndTotalsHold, openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { type ReceivedMessage } from "./inbound-message.ts"

const desk = await openDesk(messageRoutes)
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const connection = await openMessageSource(desk, { farewellText: "¡Hasta luego!" })

const minute = 60_000
const hour = 60 * minute
const year = 365 * 24 * hour

let last = 100
const newPhone = () => `+573002000${(last += 1)}`
const ticketOf = (received: ReceivedMessage) => received.ticket!.id
const later = (ms: number) => desk.clock.pass(ms)
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows
const closeTicket = (id: string) =>
  acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
const give = (id: string, agentId: string) =>
  acting(desk, async (act) => assign(act, await lockTicket(act, id), { agentId }))
const kindsOf = async (id: string) =>
  (await query("select kind from events where ticket_id = $1 order by id", id)).map((row) => row.kind)

/** Somebody whose conversation was closed `ms` ago. */
async function closedConversation(
  ms: number,
  more: { agentId?: string; group?: string; campaignShipmentId?: string } = {},
) {
  const { agentId, ...said } = more
  const who = newPhone()
  const id = ticketOf(await connection.says(who, said))
  if (agentId !== undefined) await give(id, agentId)
  if ((await storedTicket(desk, id)).active) await closeTicket(id)
  later(ms)
  return { who, id }
}

test("exactly two hours reopen, a millisecond more does not", async () => {
  const exact = await closedConversation(2 * hour)
  const back = await connection.says(exact.who)
  assert.deepEqual([back.decision.action, ticketOf(back), back.ticket!.status], ["reopened", exact.id, "pending"])
  const over = await closedConversation(2 * hour + 1)
  const fresh = await connection.says(over.who)
  assert.equal(fresh.decision.action, "created")
  assert.notEqual(ticketOf(fresh), over.id)
})

test("a reopened ticket keeps its agent and counts its cycle; the reason has the figures", async () => {
  const { who, id } = await closedConversation(41 * minute, { agentId: ana.userId })
  const { ticket, decision } = await connection.says(who)
  assert.deepEqual(
    [ticket!.id, ticket!.status, ticket!.assignee?.id, ticket!.reopenCount, ticket!.closedAt],
    [id, "open", ana.userId, 1, null],
  )
  assert.deepEqual([decision.why.inputs["elapsedMinutes"], decision.why.inputs["windowMinutes"]], [41, 120])
  assert.deepEqual((await kindsOf(id)).slice(-2), ["ticket.reopened", "message.received"])
})

test("a group's ticket of a year ago reopens, with its agent", async () => {
  const { who, id } = await closedConversation(year, { group: "obra-sur", agentId: ana.userId })
  const { ticket, decision } = await connection.says(who, { group: "obra-sur" })
  assert.deepEqual(
    [ticket!.id, ticket!.status, ticket!.assignee?.id, decision.action],
    [id, "open", ana.userId, "reopened"],
  )
  const alone = await connection.says(who)
  assert.equal(alone.decision.action, "created")
})

test("a category's window goes before the connection's", async () => {
  const [{ id: short }] = await query(
    "insert into categories (id, name, reopen_window_minutes, created_at) values ($1, 'Corta', 10, now()) returning id",
    newId("cat"),
  )
  const who = newPhone()
  const id = ticketOf(await connection.says(who, { categoryIds: [short] }))
  await closeTicket(id)
  later(11 * minute)
  assert.equal((await connection.says(who)).decision.action, "created")
})

test("the campaign's own message waits for nobody and stays closed; the answer to it wakes it", async () => {
  const shipment = { campaignShipmentId: newId("shp") }
  const { who, id } = await closedConversation(hour, { ...shipment })
  const sent = await connection.says(who, { ...shipment, direction: "out" })
  assert.deepEqual([ticketOf(sent), sent.ticket!.status, sent.ticket!.reopenCount], [id, "closed", 0])
  assert.equal((await kindsOf(id)).includes("ticket.reopened"), false)
  const other = await connection.says(who, { campaignShipmentId: newId("shp"), direction: "out" })
  assert.deepEqual([other.ticket!.status, other.decision.action], ["closed", "created"])
  const answer = await connection.says(who)
  assert.deepEqual([ticketOf(answer), answer.decision.action], [ticketOf(other), "reopened"])
})

test("thanks and late messages are attached and wake nobody", async () => {
  const { who, id } = await closedConversation(0)
  const t0 = desk.now()
  later(minute)
  const before = await storedTicket(desk, id)
  const thanks = await connection.says(who, { text: "¡Gracias! 👍" })
  assert.deepEqual([thanks.decision.action, ticketOf(thanks), thanks.ticket!.status], ["attached", id, "closed"])
  const stored = await storedTicket(desk, id)
  assert.deepEqual([stored.unread, stored.updatedAt, stored.version], [before.unread, before.updatedAt, before.version])
  assert.deepEqual([stored.lastAt, stored.count], [desk.now(), before.count + 1])
  later(year)
  const late = await connection.says(who, { sentAt: t0 })
  assert.deepEqual([late.decision.action, late.decision.why.code, ticketOf(late)], ["attached", "attached_late", id])
  assert.equal((await storedTicket(desk, id)).lastAt.getTime(), stored.lastAt.getTime())
  const outside = await connection.says(who, { sentAt: new Date(stored.lastAt.getTime() + 1) })
  assert.equal(outside.decision.action, "created")
  const before1 = await connection.says(newPhone(), { sentAt: t0 })
  assert.equal(before1.decision.action, "created")
})

test("our farewell wakes nobody", async () => {
  const { who, id } = await closedConversation(minute)
  const bye = await connection.says(who, { direction: "out", text: "¡Hasta luego!", bot: true })
  assert.deepEqual([bye.decision.action, ticketOf(bye), bye.ticket!.status], ["attached", id, "closed"])
})

test("reactions and notices never create, reopen or count, and make no contact", async () => {
  const stranger = newPhone()
  for (const kind of ["reaction", "system"] as const) {
    const ignored = await connection.says(stranger, { kind, text: "👍", replyTo: "nothing we know" })
    assert.deepEqual([ignored.ticket, ignored.message, ignored.decision.action], [null, null, "ignored"])
  }
  assert.deepEqual(await query("select id from contact_identities where value = $1", stranger), [])
  const who = newPhone()
  const said = await connection.says(who, { externalId: "wamid.1" })
  await closeTicket(ticketOf(said))
  const before = await storedTicket(desk, ticketOf(said))
  later(minute)
  const liked = await connection.says(who, { kind: "reaction", text: "👍", replyTo: "wamid.1" })
  assert.deepEqual([liked.decision.action, ticketOf(liked)], ["attached", ticketOf(said)])
  const { unread, updatedAt, status } = await storedTicket(desk, ticketOf(said))
  assert.deepEqual([unread, updatedAt, status], [before.unread, before.updatedAt, "closed"])
  assert.equal((await connection.says(who, { kind: "system" })).decision.action, "ignored")
})

test("another connection's message never joins", async () => {
  const second = await openMessageSource(desk)
  const who = newPhone()
  const here = await connection.says(who, { externalId: "same" })
  const there = await second.says(who, { externalId: "same" })
  assert.notEqual(ticketOf(here), ticketOf(there))
  assert.equal(there.decision.action, "created")
  const [mine, theirs] = [await connection.says("id-7"), await second.says("id-7")]
  assert.notEqual(mine.ticket!.contact!.id, theirs.ticket!.contact!.id)
})

test("one number in two writings is one conversation, two numbers are two", async () => {
  const same = [
    ["+528187654321", "+52 1 81 8765 4321"],
    ["+543514445566", "+5493514445566"],
    ["+552199887766", "+5521999887766"],
    ["+57 315 765 4321", "00573157654321"],
    ["Carla@Example.com", "carla@example.com"],
  ] as const
  for (const [stored, other] of same)
    assert.equal(ticketOf(await connection.says(stored)), ticketOf(await connection.says(other)), other)
  const different = [
    ["+5493515556677", "+543515556677"],
    ["+552133445566", "+5521933445566"],
    ["carla@example.org", "carla@example.net"],
  ] as const
  for (const [stored, other] of different)
    assert.notEqual(ticketOf(await connection.says(stored)), ticketOf(await connection.says(other)), other)
})

test("after all that no thread has two active tickets, and every count is true", async () => {
  await assertThreadsAndTotalsHold(desk)
})
