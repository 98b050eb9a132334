import assert from "node:assert/strict"
import { test } from "node:test"
import type { EventKind } from "#event-log/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { changeSetting } from "#settings/index.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { ticketRoutes } from "../routes.ts"
import { autoCloseTimer, closeSilentTickets } from "./auto-close-silent-tickets.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const hour = 3_600_000
const day = 24 * hour
const look = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows

const move = async (who: Client, id: string, status: string) =>
  assert.equal((await who.call("PUT", `/tickets/${id}/status`, { status })).status, 200)
async function resolved(who = carla) {
  const { status, body } = await who.call("POST", "/tickets", { subject: "Caja rota", description: "Llegó rota" })
  assert.equal(status, 201, JSON.stringify(body))
  const id = String(body["id"])
  await move(root, id, "resolved")
  return id
}
const statusOf = async (id: string) => (await look("select status from tickets where id = $1", [id]))[0].status
const factsOf = async (id: string, kinds: EventKind[]) =>
  look(
    "select kind, at, data, why, actor_kind as actor from events where ticket_id = $1 and kind = any($2) order by id",
    [id, kinds],
  )
const closings = (id: string) => factsOf(id, ["ticket.closing_announced", "ticket.closed"])
/** All that is due now, as a server does it. */
const work = async () => {
  while (await closeSilentTickets(desk));
}

test("24: a resolved ticket is announced a day before and closed after four, to the instant, each once", async () => {
  const id = await resolved()
  desk.clock.pass(3 * day - 1)
  await work()
  assert.deepEqual(await closings(id), [])
  desk.clock.pass(1)
  await work()
  await work()
  const closesAt = new Date(desk.now().getTime() + day)
  const [announced, ...others] = await closings(id)
  assert.deepEqual(
    [announced.kind, announced.data.closesAt, others],
    ["ticket.closing_announced", closesAt.toISOString(), []],
  )
  desk.clock.pass(day - 1)
  await work()
  assert.equal(await statusOf(id), "resolved")
  desk.clock.pass(1)
  await work()
  await work()
  assert.equal(await statusOf(id), "closed")
  assert.deepEqual(
    (await closings(id)).map(({ kind }) => kind),
    ["ticket.closing_announced", "ticket.closed"],
  )
})

test("of many that are over, none is announced before it closes", async () => {
  const ids = []
  for (let n = 0; n < 51; n++) ids.push(await resolved())
  desk.clock.pass(5 * day)
  await work()
  const said = await Promise.all(ids.map(closings))
  assert.deepEqual([...new Set(said.flat().map(({ kind }) => kind))], ["ticket.closed"])
})

test("what closes says why, keeps its resolution, and stands in the log with its team for reports", async () => {
  const id = await resolved()
  desk.clock.pass(4 * day)
  await work()
  const [step, end] = await factsOf(id, ["ticket.status_changed", "ticket.closed"]).then((all) => all.slice(-2))
  assert.deepEqual([step.data, step.actor], [{ from: "resolved", to: "closed" }, "system"])
  assert.deepEqual([end.kind, end.why.code, end.why.inputs], ["ticket.closed", "auto_closed", { days: 4 }])
  const [row] = await look("select team_id, assignee_id from events where ticket_id = $1 and kind = 'ticket.closed'", [
    id,
  ])
  assert.equal(row.team_id, (await look("select team_id from tickets where id = $1", [id]))[0].team_id)
  const { body } = await root.call("GET", `/tickets/${id}/why`)
  const because = (body["items"] as { because: string }[]).map((one) => one.because)
  assert.deepEqual(because, ["Closed by itself after 4 × 24 h without a message from the customer"])
})

test("one that came back is neither announced nor closed, and has all its days when it is resolved again", async () => {
  const id = await resolved()
  desk.clock.pass(3 * day)
  await work()
  assert.equal((await carla.call("POST", `/tickets/${id}/messages`, { content: "Sigue rota" })).status, 201)
  assert.equal(await statusOf(id), "open")
  desk.clock.pass(day)
  await work()
  assert.equal(await statusOf(id), "open")
  await move(root, id, "resolved")
  desk.clock.pass(3 * day - 1)
  await work()
  assert.equal((await closings(id)).length, 1, "the announcement of the first life counts for nothing")
  desk.clock.pass(1)
  await work()
  assert.equal((await closings(id)).length, 2)
  desk.clock.pass(day)
  await work()
  assert.equal(await statusOf(id), "closed")
})

test("a message that leaves it resolved begins the days anew; what somebody blocked writes does not", async () => {
  const [thanked, blocked] = [await resolved(), await resolved()]
  const say = (id: string, contactId: string) =>
    look(
      `insert into messages (id, ticket_id, direction, sender_kind, content, contact_id, sent_at, created_at)
        values ('msg_' || $1, $1, 'in', 'contact', 'gracias', $2, $3, $3)`,
      [id, contactId, desk.now()],
    )
  const [{ contact_id: contactId }] = await look("select contact_id from tickets where id = $1", [thanked])
  await look("insert into contacts (id, blocked, created_at, updated_at) values ('ctc_blocked', true, now(), now())")
  desk.clock.pass(2 * day)
  await say(thanked, contactId)
  await say(blocked, "ctc_blocked")
  desk.clock.pass(2 * day)
  await work()
  assert.deepEqual([await statusOf(thanked), await statusOf(blocked)], ["resolved", "closed"])
  assert.deepEqual(await closings(thanked), [])
  desk.clock.pass(day)
  await work()
  assert.deepEqual(
    (await closings(thanked)).map(({ kind }) => kind),
    ["ticket.closing_announced"],
  )
  desk.clock.pass(day)
  await work()
  assert.equal(await statusOf(thanked), "closed")
})

test("servers that were down for the announcement close on time and announce nothing; nothing of it touches the ticket", async () => {
  const late = await resolved()
  desk.clock.pass(day)
  const announced = await resolved()
  const stamp = async (id: string) => (await look("select version, updated_at from tickets where id = $1", [id]))[0]
  const before = await stamp(announced)
  desk.clock.pass(3 * day)
  await work()
  assert.deepEqual(
    (await closings(late)).map(({ kind }) => kind),
    ["ticket.closed"],
  )
  assert.equal((await closings(announced)).length, 1)
  assert.deepEqual(await stamp(announced), before)
})

test("the setting says after how many days: none of them is never, one has no announcement", async () => {
  const set = (value: number) => acting(desk, (act) => changeSetting(act, "support.autoCloseDays", value))
  const id = await resolved()
  await set(0)
  desk.clock.pass(400 * day)
  await work()
  assert.equal(await statusOf(id), "resolved")
  assert.deepEqual(await look(autoCloseTimer.dueSql), [{ least: null }])
  await set(1)
  const young = await resolved()
  desk.clock.pass(day - 1)
  await work()
  assert.deepEqual([await statusOf(id), await statusOf(young)], ["closed", "resolved"])
  desk.clock.pass(1)
  await work()
  assert.equal(await statusOf(young), "closed")
  assert.deepEqual(
    (await closings(young)).map(({ kind }) => kind),
    ["ticket.closed"],
  )
  await set(4)
  for (const [value, message] of [
    [-1, /0 or more/],
    [1.5, /whole number/],
    ["4", /whole number/],
    [null, /whole number/],
    [4_000, /at most 3650/],
  ] as const)
    await assert.rejects(
      acting(desk, (act) => changeSetting(act, "support.autoCloseDays", value)),
      message,
    )
})

test("of many servers at once each ticket is closed once, and one that somebody holds is closed when it is free", async () => {
  const ids = []
  for (let n = 0; n < 12; n++) ids.push(await resolved())
  desk.clock.pass(4 * day)
  const holder = await desk.db.pool.connect()
  await holder.query("begin")
  await holder.query("select from tickets where id = $1 for update", [ids[0]])
  await Promise.all(Array.from({ length: 4 }, () => closeSilentTickets(desk)))
  await holder.query("rollback")
  holder.release()
  assert.equal(await statusOf(ids[0]!), "resolved")
  await Promise.all(Array.from({ length: 4 }, () => closeSilentTickets(desk)))
  for (const id of ids) assert.equal((await closings(id)).filter(({ kind }) => kind === "ticket.closed").length, 1, id)
})

test("no other kind closes by itself, whatever its phase", async () => {
  await look(`insert into tickets (id, kind, status, channel, resolved_at, last_message_at, created_by_kind, created_at, updated_at)
    values ('tkt_incident', 'incident', 'resolved', 'api', '2020-01-01', now(), 'system', now(), now())`)
  await work()
  assert.equal(await statusOf("tkt_incident"), "resolved")
})

test("the timer wakes at the instant of the next step", async () => {
  await look("update tickets set quiet_since = null, closing_announced_at = null where status = 'resolved'")
  await look("update tickets set resolved_at = '2030-01-01' where status = 'resolved' and kind = 'support'")
  const id = await resolved()
  const at = desk.now()
  const due = async () => (await look(autoCloseTimer.dueSql))[0].least as Date
  assert.equal((await due()).getTime(), at.getTime() + 3 * day)
  desk.clock.pass(3 * day)
  await work()
  assert.equal((await closings(id)).length, 1)
  assert.equal((await due()).getTime(), at.getTime() + 4 * day)
})
