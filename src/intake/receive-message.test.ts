import assert from "node:assert/strict"
import { after, test } from "node:test"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { transition, lockTicket } from "#tickets/index.ts"
import { assertThreadsAndTotalsHold, openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { type ReceivedMessage } from "./inbound-message.ts"

const desk = await openDesk(messageRoutes)
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const connection = await openMessageSource(desk)

const minute = 60_000
const hour = 60 * minute
const year = 365 * 24 * hour

let last = 100
const newPhone = () => `+573002000${(last += 1)}`
const many = <T>(n: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => make(i)))
const actions = (all: ReceivedMessage[]) => all.map((one) => one.decision.action).toSorted()
const ticketOf = (received: ReceivedMessage) => received.ticket!.id
const later = (ms: number) => desk.clock.pass(ms)
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows
const closeTicket = (id: string) =>
  acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
const kindsOf = async (id: string) =>
  (await query("select kind from events where ticket_id = $1 order by id", id)).map((row) => row.kind)

/** Somebody whose conversation was closed `ms` ago. */
async function closedConversation(ms: number) {
  const who = newPhone()
  const id = ticketOf(await connection.says(who))
  await closeTicket(id)
  later(ms)
  return { who, id }
}

const refusal = (kind: string, code: string) => (error: unknown) =>
  error instanceof Refusal && error.kind === kind && error.code === code

test("50 first messages at once make one ticket with 50 unread, and one contact", async () => {
  const who = newPhone()
  const all = await many(50, () => connection.says(who))
  assert.equal(new Set(all.map(ticketOf)).size, 1)
  assert.deepEqual(actions(all), ["created", ...Array.from({ length: 49 }, () => "joined")])
  const stored = await storedTicket(desk, ticketOf(all[0]!))
  assert.deepEqual([stored.unread, stored.count, stored.version, stored.status], [50, 50, 1, "pending"])
  assert.deepEqual(await query("select count(*) as n from contact_identities where value = $1", who), [{ n: 1 }])
  const created = (await kindsOf(ticketOf(all[0]!))).filter((kind) => kind === "ticket.created")
  assert.equal(created.length, 1)
})

test("50 at once on a conversation just closed reopen it once", async () => {
  const { who, id } = await closedConversation(hour)
  const all = await many(50, () => connection.says(who))
  assert.deepEqual(actions(all), [...Array.from({ length: 49 }, () => "joined"), "reopened"])
  const stored = await storedTicket(desk, id)
  assert.deepEqual([stored.reopened, stored.unread, stored.count], [1, 51, 51])
})

test("50 at once after the window make one new ticket", async () => {
  const { who, id } = await closedConversation(year)
  const all = await many(50, () => connection.says(who))
  assert.deepEqual([...new Set(actions(all))], ["created", "joined"])
  assert.equal(new Set(all.map(ticketOf)).size, 1)
  assert.notEqual(ticketOf(all[0]!), id)
})

test("one new person on three connections at once is one contact with a ticket on each", async () => {
  const connections = [connection, await openMessageSource(desk), await openMessageSource(desk)]
  const who = newPhone()
  const all = await many(9, (i) => connections[i % 3]!.says(who))
  assert.equal(new Set(all.map((one) => one.ticket!.contact!.id)).size, 1)
  assert.equal(new Set(all.map(ticketOf)).size, 3)
})

test("30 of a group at once make one open ticket, each named as who wrote", async () => {
  const all = await many(30, (i) => connection.says(`+573003000${100 + i}`, { group: "obra-norte", name: `P${i}` }))
  assert.equal(new Set(all.map(ticketOf)).size, 1)
  const stored = await storedTicket(desk, ticketOf(all[0]!))
  assert.deepEqual([stored.status, stored.unread], ["open", 30])
  assert.deepEqual(new Set(all.map((one) => one.message!.sender.name)).size, 30)
})

test("the same message 20 times at once is stored once, first or not", async () => {
  const who = newPhone()
  for (const externalId of [newId("ext"), newId("ext")]) {
    const all = await many(20, () => connection.says(who, { externalId }))
    assert.equal(all.filter((one) => one.decision.action === "duplicate").length, 19)
    assert.equal(new Set(all.map((one) => one.message!.id)).size, 1)
  }
  const again = await connection.says(who)
  assert.deepEqual([again.ticket!.unreadMessages, again.ticket!.messageCount], [3, 3])
})

test("a repeat after closing changes nothing", async () => {
  const who = newPhone()
  const externalId = newId("ext")
  const id = ticketOf(await connection.says(who, { externalId }))
  await closeTicket(id)
  const before = await storedTicket(desk, id)
  later(minute)
  const again = await connection.says(who, { externalId, text: "otra cosa", campaignShipmentId: "X" })
  assert.deepEqual([again.decision.action, ticketOf(again), again.message!.content], ["duplicate", id, "hola"])
  assert.deepEqual(await storedTicket(desk, id), before)
})

test("messages out of order move times outwards only, and stand where they came", async () => {
  const who = newPhone()
  const t0 = desk.now()
  const first = await connection.says(who, { sentAt: t0 })
  const id = ticketOf(first)
  later(hour)
  const early = new Date(t0.getTime() - hour)
  const late = await connection.says(who, { sentAt: early })
  const stored = await storedTicket(desk, id)
  assert.deepEqual([stored.firstAt, stored.lastAt, stored.lastId], [early, t0, late.message!.id])
  const times = Array.from({ length: 20 }, (_, i) => new Date(t0.getTime() + ((i * 7) % 20) * minute))
  await many(20, (i) => connection.says(who, { sentAt: times[i]! }))
  const after = await storedTicket(desk, id)
  assert.deepEqual([after.firstAt, after.lastAt, after.count], [early, new Date(t0.getTime() + 19 * minute), 22])
})

test("unread counts what they write and ends with what we write", async () => {
  const who = newPhone()
  const id = ticketOf(await connection.says(who))
  await connection.says(who)
  assert.equal((await storedTicket(desk, id)).unread, 2)
  await connection.says(who, { direction: "out" })
  assert.equal((await storedTicket(desk, id)).unread, 0)
  await connection.says(who)
  const { unread, version, status } = await storedTicket(desk, id)
  assert.deepEqual([unread, version, status], [1, 1, "pending"])
})

test("what staff wrote keeps the key under which their browser sent it, by whichever way it came in", async () => {
  const author = { userId: ana.userId, clientKey: "from the browser" }
  const who = newPhone()
  for (const said of [{}, {}, { group: "con clave" }]) {
    const externalId = newId("msg")
    await connection.says(who, { direction: "out", author, externalId, ...said })
    const [row] = await query("select client_key, sender_id from messages where id = $1", externalId)
    assert.deepEqual(row, { client_key: author.clientKey, sender_id: ana.userId })
  }
})

test("optional fields change only when given; given categories replace", async () => {
  const category = async (name: string) =>
    (
      await query(
        "insert into categories (id, name, created_at) values ($1, $2, now()) returning id",
        newId("cat"),
        name,
      )
    )[0].id as string
  const [a, b] = [await category("Facturas"), await category("Señal")]
  const who = newPhone()
  const categories = async (categoryIds?: string[]) =>
    (await connection.says(who, categoryIds ? { categoryIds } : {})).ticket!.categories.map((one) => one.id).toSorted()
  assert.deepEqual(await categories([a, b, a]), [a, b].toSorted())
  assert.deepEqual(await categories(), [a, b].toSorted())
  assert.deepEqual(await categories([b]), [b])
  assert.deepEqual(await categories([]), [])
  const changes = "select kind from events where ticket_id = $1 and kind = 'ticket.updated'"
  const { id, version } = (await connection.says(who)).ticket!
  assert.deepEqual([(await query(changes, id)).length, version], [2, 3], "each change is told, and another version")
  const { ticket } = await connection.says(who, { assigneeId: ana.userId })
  assert.deepEqual([ticket!.assignee?.id, ticket!.status], [ana.userId, "open"])
  assert.equal((await connection.says(who)).ticket!.assignee?.id, ana.userId)
})

test("an unknown category or agent refuses the whole message", async () => {
  const who = newPhone()
  await assert.rejects(connection.says(who, { categoryIds: ["cat_nobody"] }), refusal("invalid", "invalid"))
  await assert.rejects(connection.says(who, { assigneeId: "usr_nobody" }), refusal("invalid", "invalid"))
  assert.deepEqual(await query("select id from contact_identities where value = $1", who), [])
})

test("what is refused leaves nothing behind, not even an event", async () => {
  const counts = () =>
    query(
      "select (select count(*) from events) as e, (select count(*) from tickets) as t, (select count(*) from messages) as m, (select count(*) from contacts) as c",
    )
  const before = await counts()
  await assert.rejects(connection.says(newPhone(), { categoryIds: ["cat_nobody"] }))
  await assert.rejects(connection.says(newPhone(), { group: "g2", assigneeId: "usr_nobody" }))
  assert.deepEqual(await counts(), before)
})

test("a race that is lost again and again ends after two tries, with a clear answer", async () => {
  await query("create sequence tries")
  await query(`create function always_late() returns trigger language plpgsql as $$
    begin perform nextval('tries'); raise unique_violation; end $$`)
  await query("create trigger always_late before insert on tickets for each row execute function always_late()")
  after(() => query("drop function if exists always_late() cascade"))
  for (const said of [{}, { group: "tarde" }])
    await assert.rejects(connection.says(newPhone(), said), refusal("unavailable", "unavailable"))
  await query("drop trigger always_late on tickets")
  assert.deepEqual(await query("select last_value as n from tries"), [{ n: 4 }])
})

test("after all that no thread has two active tickets, and every count is true", async () => {
  await assertThreadsAndTotalsHold(desk)
})
