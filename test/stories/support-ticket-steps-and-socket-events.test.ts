// The life of a support ticket as screens receive it: everything once, in order, after it is committed.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io } from "socket.io-client"
import { inTransaction, system } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { createTeam } from "#people/index.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { startApp } from "../start-app.ts"
import { acting, type Client, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import type { Ticket } from "#tickets/api-contract.ts"

const app = await startApp()
const someone = (name: string, role: "user" | "agent" | "admin") =>
  member(app, { email: `${name}@example.com`, name, role })
const [root, ana, carla] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Carla", "user"),
]
const team = await acting(app, (act) =>
  createTeam(act, { name: "Soporte", isDefault: true, memberIds: [ana.userId], autoAssign: [] }),
)

type ReceivedEvent = { name: string; body: Record<string, unknown> }
/** The ticket events that a user's screen receives, by their documented names. */
async function listen(who: Client) {
  const received: ReceivedEvent[] = []
  const socket = io(app.url, {
    path: "/socket",
    auth: { token: who.key },
    reconnection: false,
    transports: ["websocket"],
  })
  after(() => socket.disconnect())
  const ready = new Promise<void>((resolve) => socket.once("ready", () => resolve()))
  socket.onAny((name: string, body: Record<string, unknown>) => {
    if (name.startsWith("ticket:")) received.push({ name, body })
  })
  await ready
  return received
}

const call = async (who: Client, method: "POST" | "PUT" | "PATCH", path: string, body: object) => {
  const answer = await who.call(method, path, body)
  assert.ok(answer.status < 300, `${path} ${JSON.stringify(answer.body)}`)
  return answer.body as Ticket
}
const open = (who: Client, more: object = {}) =>
  call(who, "POST", "/tickets", { subject: "Caja", description: "rota", ...more })

test("every step of a ticket's life is sent under its documented name, in order, to its team", async () => {
  const received = await listen(ana)
  const { id, number } = await open(carla)
  await call(ana, "PUT", `/tickets/${id}/assignment`, { agentId: ana.userId })
  await call(ana, "POST", `/tickets/${id}/messages`, { content: "Voy" })
  await call(ana, "PATCH", `/tickets/${id}`, { priority: "high" })
  await call(ana, "PUT", `/tickets/${id}/status`, { status: "pending" })
  await call(carla, "POST", `/tickets/${id}/messages`, { content: "Aquí está" })
  await call(ana, "PUT", `/tickets/${id}/status`, { status: "resolved", resolution: "Se cambió" })
  await call(ana, "PUT", `/tickets/${id}/status`, { status: "closed" })
  const of = () => received.filter(({ body }) => body["ticketId"] === id)
  await waitUntil("the end was sent", async () => of().some(({ name }) => name === "ticket:closed"))
  assert.deepEqual(
    of().map(({ name }) => name.slice("ticket:".length)),
    [
      "created",
      "message",
      "assigned",
      "message",
      "updated",
      "status_changed",
      "status_changed",
      "message",
      "status_changed",
      "resolved",
      "status_changed",
      "closed",
    ],
  )
  for (const { body } of of()) assert.deepEqual([body["number"], typeof body["version"]], [number, "number"])
  const [assigned] = of().filter(({ name }) => name === "ticket:assigned")
  const { agentId, previousAssignee, assignedBy } = assigned!.body
  assert.deepEqual([agentId, previousAssignee, assignedBy], [ana.userId, null, ana.userId])
  const answers = of().flatMap(({ name, body }) => (name === "ticket:message" ? [body["isFirstResponse"]] : []))
  assert.deepEqual(answers, [false, true, false])
  const steps = of().flatMap(({ name, body }) =>
    name === "ticket:status_changed" ? [[body["previousStatus"], body["status"]]] : [],
  )
  assert.deepEqual(steps, [
    ["open", "pending"],
    ["pending", "open"],
    ["open", "resolved"],
    ["resolved", "closed"],
  ])
})

test("every documented event of a ticket with a deadline happens in its order, and does what it says", async () => {
  const targets = { firstResponse: { medium: 60, high: 20, urgent: 10 } }
  await call(root, "POST", "/sla-policies", { name: "Primera respuesta", isDefault: true, targets })
  const received = await listen(ana)
  const contactId = (await open(carla)).contact!.id
  const aWhileAgo = new Date(Date.now() - 17 * 60_000)
  const { id } = await inTransaction(app.db, { actor: system, now: aWhileAgo }, (act) =>
    openSupportTicket(act, { subject: "Caja", description: "", channel: "web", contactId, teamId: team.id }),
  )
  const path = `/tickets/${id}`
  const names = () =>
    received.filter(({ body }) => body["ticketId"] === id).map(({ name }) => name.slice("ticket:".length))
  const until = (name: string) => waitUntil(name, async () => names().includes(name))
  const found = async (sql: string) =>
    (await app.db.pool.query<{ kind: string }>(sql, [id])).rows.map(({ kind }) => kind)
  const state = async () => ((await root.call("GET", path)).body["sla"] as { state: string } | null)?.state
  await waitUntil("the clock runs", async () => (await state()) === "on_track")
  await call(root, "PUT", `${path}/assignment`, { agentId: ana.userId })
  await call(carla, "POST", `${path}/messages`, { content: "¿Hola?" })
  await call(root, "PUT", `${path}/status`, { status: "pending" })
  await call(root, "PATCH", path, { priority: "high" })
  await until("sla:warning")
  await call(root, "PATCH", path, { priority: "urgent" })
  await until("sla:breached")
  await call(root, "PUT", `${path}/status`, { status: "resolved" })
  const asked = "select kind from events where ticket_id = $1 and kind like 'survey.%'"
  await waitUntil("a survey is sent", async () => (await found(asked)).length > 0)
  await call(root, "PUT", `${path}/status`, { status: "closed" })
  await until("closed")
  const moved = ["status_changed", "updated", "sla:warning", "updated", "sla:breached"]
  const ended = ["status_changed", "resolved", "status_changed", "closed"]
  assert.deepEqual(names(), ["created", "assigned", "message", ...moved, ...ended])
  // Of a new ticket of her team she is notified only while nobody has it.
  const told = `select kind from notifications where ticket_id = $1 and user_id = '${ana.userId}'
    and kind <> 'new_unassigned' order by event_id`
  await waitUntil("she is notified of the breach", async () => (await found(told)).includes("sla_breached"))
  assert.deepEqual(await found(told), ["assigned", "answered", "sla_warning", "sla_breached"])
  assert.deepEqual(await found(asked), ["survey.sent"])
  const outcomes = "select outcome as kind from sla_targets where ticket_id = $1 and minutes is not null"
  const running = "select metric as kind from sla_targets where ticket_id = $1 and ended_at is null"
  await waitUntil("its end is counted", async () => (await found(running)).length === 0)
  assert.deepEqual(await found(outcomes), ["breached"])
})

test("a ticket assigned at creation is sent to its team with its agent", async () => {
  const received = await listen(ana)
  const { id } = await open(root, { assigneeId: ana.userId })
  const of = () => received.filter(({ body }) => body["ticketId"] === id)
  await waitUntil("it was sent", async () => of().length >= 3)
  assert.deepEqual(
    of().map(({ name }) => name),
    ["ticket:created", "ticket:assigned", "ticket:message"],
  )
})

test("a ticket that cannot be completed leaves nothing behind", async () => {
  const count = async () =>
    (
      await app.db.pool.query(
        "select (select count(*) from tickets) + (select count(*) from contacts) + (select count(*) from messages) as n",
      )
    ).rows[0].n as number
  const before = await count()
  const body = { subject: "x", description: "y", contact: { email: "nuevo@example.com" }, attachmentIds: ["att_none"] }
  assert.equal((await root.call("POST", "/tickets", body)).status, 404)
  assert.equal(await count(), before)
})

test("moving a ticket to where it is succeeds and records nothing; an unknown status is refused by name", async () => {
  const ticket = await open(ana)
  const again = await call(ana, "PUT", `/tickets/${ticket.id}/status`, { status: "open" })
  assert.equal(again.version, ticket.version)
  const unknown = await ana.call("PUT", `/tickets/${ticket.id}/status`, { status: "toString" })
  assert.deepEqual([unknown.status, (unknown.body["errors"] as { path: string }[])[0]!.path], [400, "status"])
  const wrong = await ana.call("PUT", `/tickets/${ticket.id}/status`, { status: "in_progress" })
  assert.deepEqual([wrong.status, wrong.body["from"], wrong.body["to"]], [409, "open", "in_progress"])
})

test("reopening clears the resolution and both times; closing directly counts as resolving", async () => {
  const { id } = await open(ana)
  const resolved = await call(ana, "PUT", `/tickets/${id}/status`, { status: "resolved", resolution: "Se cambió" })
  assert.deepEqual([resolved.resolution, resolved.closedAt], ["Se cambió", null])
  const closed = await call(ana, "PUT", `/tickets/${id}/status`, { status: "closed" })
  assert.deepEqual([closed.resolution, closed.resolvedAt], ["Se cambió", resolved.resolvedAt])
  const open2 = await call(ana, "PUT", `/tickets/${id}/status`, { status: "open" })
  assert.deepEqual([open2.resolution, open2.resolvedAt, open2.closedAt, open2.reopenCount], [null, null, null, 1])
  const direct = await call(ana, "PUT", `/tickets/${id}/status`, { status: "closed" })
  assert.deepEqual([direct.resolvedAt === null, direct.closedAt === null], [false, false])
})

test("numbers are one each, however many tickets are made at once", async () => {
  const made = await Promise.all(Array.from({ length: 30 }, () => open(ana)))
  assert.equal(new Set(made.map(({ number }) => number)).size, 30)
  assert.equal(made[0]!.team?.id, team.id)
})

test("the database gives every number, whatever writes the row: rising, none again and none left out, six digits after 99999", async () => {
  const insert = async (column = "", value = "") => {
    const { rows } = await app.db.pool.query(
      `insert into tickets (id, kind, status, channel, last_message_at, created_by_kind, created_at, updated_at${column})
        values ($1, 'support', 'open', 'web', now(), 'system', now(), now()${value}) returning number`,
      [newId("tkt")],
    )
    return String(rows[0].number)
  }
  const numbers = [await insert(), await insert()]
  await app.db.pool.query("delete from tickets where number = $1", [numbers[1]])
  numbers.push(await insert())
  const [start] = numbers.map((number) => Number(number.slice(4)))
  assert.deepEqual(
    numbers,
    [0, 1, 2].map((n) => `TKT-${String(start! + n).padStart(5, "0")}`),
  )
  await assert.rejects(insert(", number", ", null"), /not-null/)
  await assert.rejects(insert(", number", `, '${numbers[0]}'`), /tickets_number_key/)
  await app.db.pool.query("select setval('ticket_number_seq', 99998)")
  assert.deepEqual([await insert(), await insert()], ["TKT-99999", "TKT-100000"])
})
