// Links between tickets, and snoozing one.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Act } from "#kernel/act.ts"
import { createTeam } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { acting, type Answer, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { assign } from "../assignment/assign.ts"
import { lockTicket } from "../ticket-store.ts"
import { type Ticket } from "../api-contract.ts"
import { ticketRoutes } from "../routes.ts"
import { unsnoozeDue } from "../lifecycle/snooze.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
})
const someone = (name: string, role: "user" | "agent" | "admin") =>
  member(desk, { email: `${name}@example.com`, name, role })
const [root, ana, carla] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Carla", "user"),
]
const team = async (name: string, isDefault: boolean, memberIds: string[] = []) =>
  (await acting(desk, (act) => createTeam(act, { name, isDefault, memberIds }))).id
await team("Soporte", true, [ana.userId])
const sales = await team("Ventas", false)

const opened = async (who: Client = ana, more: object = {}) =>
  (await who.call("POST", "/tickets", { subject: "Caja", ...more })).body as Ticket
const get = async (id: string, who: Client = ana) => (await who.call("GET", `/tickets/${id}`)).body as Ticket
const patch = (id: string, body: object) => ana.call("PATCH", `/tickets/${id}`, body)
const paths = (answer: Answer) => ((answer.body["errors"] ?? []) as { path: string }[]).map(({ path }) => path)
const story = async (id: string) =>
  (await ana.call("GET", `/tickets/${id}/timeline`)).body["items"] as { action: string }[]

test("tickets are linked once, seen from both ends, and unlinked again", async () => {
  const [a, b] = [await opened(), await opened(ana, { subject: "Otra" })]
  const link = (from: string, type: string, ticket: string) =>
    ana.call("POST", `/tickets/${from}/links`, { type, ticket })
  const made = await link(a.id, "related", b.number)
  assert.equal(made.status, 201)
  const shown = {
    type: "related",
    direction: "to",
    ticket: { id: b.id, number: b.number, subject: "Otra", status: "open" },
  }
  assert.deepEqual(made.body["links"], [shown])
  const { version, links } = await get(b.id)
  assert.deepEqual([version, links.map(({ direction }) => direction)], [2, ["from"]])
  assert.deepEqual([(await link(b.id, "related", a.id)).status, (await get(b.id)).version], [201, 2])
  for (const [type, other] of [
    ["related", a.id],
    ["conversation", b.id],
    ["merged", b.id],
  ] as const)
    assert.equal((await link(a.id, type, other)).status, 400, type)
  const gone = await ana.call("DELETE", `/tickets/${b.id}/links/${a.number}`)
  assert.deepEqual([gone.status, gone.body["links"], (await get(a.id)).links], [200, [], []])
  assert.equal((await ana.call("DELETE", `/tickets/${b.id}/links/${a.id}`)).status, 404)
})

test("a link is a change like any other: refused on an older version and on what was merged", async () => {
  const [a, b, c] = [await opened(), await opened(), await opened()]
  const related = (from: string, ticket: string, headers: object = {}) =>
    ana.call("POST", `/tickets/${from}/links`, { type: "related", ticket }, headers)
  await patch(a.id, { priority: "high" })
  assert.equal((await related(a.id, b.id, { "if-match": '"1"' })).status, 412)
  const made = await related(a.id, b.id, { "if-match": '"2"' })
  assert.deepEqual([made.status, made.headers["etag"]], [201, '"3"'])
  const gone = await ana.call("DELETE", `/tickets/${a.id}/links/${b.id}`, undefined, { "if-match": '"2"' })
  assert.equal(gone.status, 412)
  await ana.call("POST", `/tickets/${c.id}/merge`, { into: b.id })
  for (const [from, to] of [
    [c.id, a.id],
    [a.id, c.id],
  ] as const)
    assert.deepEqual([(await related(from, to)).status, (await related(from, to)).body["code"]], [409, "merged"])
})

test("tickets are linked in the order in which all lock several", async () => {
  const [older, younger] = [await opened(), await opened(ana, { threadKey: "a host" })]
  const answer = await runConcurrently(
    desk,
    (act) => lockTicket(act, older.id),
    () => ana.call("POST", `/tickets/${younger.id}/links`, { type: "related", ticket: older.id }),
    (act) => lockTicket(act, younger.id),
  )
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
})

test("what goes out of sight while somebody waits for it is not theirs to change", async () => {
  const { id } = await opened(root)
  const away = async (act: Act) => assign(act, await lockTicket(act, id), { teamId: sales })
  const answer = await runConcurrently(desk, away, () => patch(id, { priority: "urgent" }))
  assert.equal(answer.status, 404)
  assert.equal((await get(id, root)).priority, "medium")
})

test("a link to what the reader may not see is not there for them", async () => {
  const [ours, theirs] = [await opened(root), await opened(root, { teamId: sales, subject: "Reservado" })]
  await root.call("POST", `/tickets/${ours.id}/links`, { type: "related", ticket: theirs.id })
  assert.deepEqual((await get(ours.id)).links, [])
  assert.equal(
    (await ana.call("POST", `/tickets/${ours.id}/links`, { type: "related", ticket: theirs.id })).status,
    404,
  )
})

const inAnHour = () => new Date(desk.now().getTime() + 3_600_000).toISOString()
const openViews = async () =>
  ((await ana.call("GET", "/tickets?phase=new&phase=active&phase=waiting&limit=100")).body["items"] as Ticket[]).map(
    ({ id }) => id,
  )

test("a snoozed ticket is in no open view until its time has come, and the clock alone brings it back", async () => {
  const { id } = await opened()
  const until = inAnHour()
  const put = await ana.call("PUT", `/tickets/${id}/snooze`, { until })
  assert.deepEqual([put.status, put.body["snoozedUntil"], put.body["version"]], [200, until, 2])
  assert.ok(!(await openViews()).includes(id))
  const asked = (await ana.call("GET", "/tickets?snoozed=true")).body["items"] as Ticket[]
  assert.deepEqual(
    asked.map((ticket) => ticket.id),
    [id],
  )
  assert.equal(await unsnoozeDue(desk), false)
  assert.ok(!(await openViews()).includes(id))
  desk.clock.pass(3_600_000)
  await unsnoozeDue(desk)
  assert.ok((await openViews()).includes(id))
  const { snoozedUntil, updatedAt } = await get(id)
  assert.deepEqual([snoozedUntil, updatedAt], [null, put.body["updatedAt"]])
  assert.deepEqual((await story(id)).map(({ action }) => action).slice(1), ["ticket.snoozed", "ticket.woken"])
})

test("a snoozed ticket comes back at the customer's first word, and by hand", async () => {
  const mine = await opened(carla)
  await ana.call("PUT", `/tickets/${mine.id}/snooze`, { until: inAnHour() })
  await carla.call("POST", `/tickets/${mine.id}/messages`, { content: "¿Y?" })
  assert.equal((await get(mine.id)).snoozedUntil, null)
  await ana.call("PUT", `/tickets/${mine.id}/snooze`, { until: inAnHour() })
  assert.equal((await ana.call("DELETE", `/tickets/${mine.id}/snooze`)).body["snoozedUntil"], null)
  const { version } = await get(mine.id)
  assert.equal((await ana.call("DELETE", `/tickets/${mine.id}/snooze`)).body["version"], version)
})

test("a ticket that is over is snoozed no more, and undoing a merge snoozes it again", async () => {
  const { id } = await opened()
  const until = inAnHour()
  const putOff = () => ana.call("PUT", `/tickets/${id}/snooze`, { until })
  const move = (status: string) => ana.call("PUT", `/tickets/${id}/status`, { status })
  for (const over of ["resolved", "closed"]) {
    await putOff()
    assert.deepEqual([(await move(over)).body["snoozedUntil"], (await move("open")).body["snoozedUntil"]], [null, null])
    assert.ok((await openViews()).includes(id), over)
  }
  await putOff()
  const target = await opened()
  await ana.call("POST", `/tickets/${id}/merge`, { into: target.id })
  assert.equal((await get(id)).snoozedUntil, null)
  const { status, snoozedUntil } = (await ana.call("DELETE", `/tickets/${id}/merge`)).body
  assert.deepEqual([status, snoozedUntil], ["open", until])
})

test("what has passed, is years away or is closed cannot be snoozed", async () => {
  const { id } = await opened()
  for (const until of [desk.now().toISOString(), "2060-01-01T00:00:00Z", "tomorrow"])
    assert.deepEqual(paths(await ana.call("PUT", `/tickets/${id}/snooze`, { until })), ["until"], until)
  await ana.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  assert.equal((await ana.call("PUT", `/tickets/${id}/snooze`, { until: inAnHour() })).status, 409)
})
