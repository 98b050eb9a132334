// Many incidents at once: found, selected and changed, each by itself and with its own outcome.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { BulkAnswer } from "#tickets/index.ts"
import { createTeam } from "#people/index.ts"
import { acting, type Client, member } from "#test/desks/test-desk.ts"
import { openIncidentDesk } from "#test/desks/incident-desk.ts"

const { desk, executor, fail, one } = await openIncidentDesk()
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const damian = await member(desk, { email: "damian@example.com", name: "Damián", role: "user" })
await acting(desk, (act) => createTeam(act, { name: "Envíos", isDefault: true, memberIds: [ana.userId] }))

type Selected = { number: string; status: string; can: string[]; assignee: { id: string } | null }
const opened = async (guia: string, more: object = {}) => (await fail({ guia, ...more })).ticket!.ticketId
const found = async (query: string, who: Client = ana) => {
  const { status, body } = await who.call("GET", `/incidents?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return (body["items"] as { incident: { guia: string } }[]).map(({ incident }) => incident.guia).toSorted()
}
const selection = async (query: string, who: Client = ana) =>
  (await who.call("GET", `/incidents/selection?${query}`)).body as unknown as { items: Selected[]; total: number }
const bulk = async (incidents: string[], change: object, who: Client = ana, headers: object = {}) => {
  const { status, body } = await who.call("POST", "/incidents/bulk", { incidents, change }, headers)
  const items = (body["items"] ?? []) as BulkAnswer["items"]
  return { status, body, items, outcomes: items.map(({ ok, problem }) => (ok ? "done" : problem!.code)) }
}

const cause = { errorCode: 131030 }
const [first, second, third] = [
  await opened("BULK-7001", cause),
  await opened("BULK-7002", cause),
  await opened("X-199"),
]

test("customers may not look, and who may not see an incident is answered that it is not there", async () => {
  for (const [method, url, body] of [
    ["GET", "/incidents/selection", undefined],
    ["POST", "/incidents/bulk", { incidents: [first], change: { status: "in_progress" } }],
  ] as const)
    assert.equal((await damian.call(method, url, body)).status, 403)
  const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
  assert.deepEqual((await selection("", bruno)).items, [])
  assert.deepEqual(await found("q=7001", bruno), [])
  assert.deepEqual((await bulk([first, "TKT-99999"], { status: "in_progress" }, bruno)).outcomes, [
    "not_found",
    "not_found",
  ])
})

test("an incident is found by its tracking number, by either end of it and by its ticket, whatever became of it", async () => {
  assert.deepEqual(await found("q=bulk-70"), ["BULK-7001", "BULK-7002"])
  assert.deepEqual(await found("q=7001"), ["BULK-7001"])
  assert.deepEqual(await found("q=70"), [], "the middle of a number is no end of it")
  assert.deepEqual(await found("q=%25"), [])
  const { items } = await selection("q=BULK-7002")
  assert.deepEqual(await found(`q=${items[0]!.number}`), ["BULK-7002"])
  assert.deepEqual(await found("failureCode=131030"), ["BULK-7001", "BULK-7002"])
  assert.equal((await ana.call("GET", "/incidents?failureCode=x")).status, 400)
  assert.equal((await ana.call("GET", "/incidents/selection?limit=5")).status, 400)
})

test("all of one cause are taken at once; what a colleague has is refused and stays", async () => {
  const { items, total } = await selection("failureCode=131030&assignedTo=unassigned")
  assert.deepEqual([total, items[0]!.can], [2, ["assign", "in_progress", "resolved"]])
  await bulk([second], { assignment: { agentId: executor.userId } }, executor)
  const numbers = items.map(({ number }) => number)
  const headers = { "idempotency-key": "take-all" }
  const taken = await bulk(numbers, { assignment: { agentId: ana.userId } }, ana, headers)
  assert.deepEqual(taken.outcomes.toSorted(), ["already_assigned", "done"])
  const { problem } = taken.items.find(({ ok }) => !ok)!
  assert.deepEqual(problem!["assignee"], { id: executor.userId, name: "Bot" })
  assert.deepEqual((await bulk(numbers, { assignment: { agentId: ana.userId } }, ana, headers)).body, taken.body)
  assert.deepEqual(await found("assignedTo=me"), ["BULK-7001"])
  assert.deepEqual(await found("assignedTo=unassigned"), ["X-199"])
  assert.deepEqual(await found("assignedTo=me&assignedTo=unassigned"), ["BULK-7001", "X-199"])
})

test("resolving starts what nobody has started, and the same words stand on all of them", async () => {
  await bulk([second], { status: "in_progress" })
  const done = await bulk([first, second, third], { status: "resolved", resolution: "BULK-7001 salió con los demás" })
  assert.deepEqual(done.outcomes, ["done", "done", "done"])
  const ticket = await one(first)
  assert.deepEqual([ticket.status, ticket.resolutionNotes], ["RESOLVED", "BULK-7001 salió con los demás"])
  assert.deepEqual(ticket.timeline.map(({ details }) => details["updates"]).filter(Boolean), [
    ["assignment"],
    ["status"],
    ["status"],
  ])
  assert.deepEqual(await found("q=7001"), ["BULK-7001"], "a search finds what is over, too")
  const { items } = await selection("status=resolved")
  assert.deepEqual([items.length, items[0]!.can], [3, ["assign", "in_progress", "closed"]])
  assert.deepEqual((await bulk([first, "BULK-7001"], { status: "closed" })).outcomes, ["done", "not_found"])
  assert.deepEqual((await bulk([first], { status: "resolved" })).outcomes, ["transition"], "closed is final")
})

test("what names a person, changes nothing or is too much is refused whole", async () => {
  const fourth = await opened("BULK-7003")
  const phone = await bulk([fourth], { status: "resolved", resolution: "llamar al +57 300 123 4567" })
  const [error] = phone.body["errors"] as { path: string; code: string }[]
  assert.deepEqual([phone.status, error!.path, error!.code], [400, "change.resolution", "personal_data"])
  const change = { status: "resolved", resolution: "llamar al +57 300 123 4567" }
  const grouped = await ana.call("POST", "/incidents/bulk", { changes: [{ refs: [fourth], change }] })
  const [named] = grouped.body["errors"] as { path: string }[]
  assert.deepEqual([grouped.status, named!.path], [400, "changes.0.change.resolution"])
  assert.equal((await one(fourth)).status, "OPEN")
  // A tracking number that reads as a telephone number, on an incident that is named as people type.
  const mobile = await opened("3001234567")
  const { number } = (await ana.call("GET", `/incidents/${mobile}`)).body as { number: string }
  const words = { status: "resolved", resolution: "3001234567 salió" }
  for (const [ref, status] of [
    [fourth, 400],
    [number.toLowerCase(), 200],
  ] as const)
    assert.equal((await bulk([ref], words)).status, status, ref)
  for (const [incidents, change] of [
    [[fourth], {}],
    [[fourth], { resolution: "x" }],
    [[fourth], { status: "in_progress", resolution: "x" }],
    [[fourth], { status: "open" }],
    [[], { status: "in_progress" }],
    [Array.from({ length: 501 }, () => fourth), { status: "in_progress" }],
  ] as [string[], object][])
    assert.equal((await bulk(incidents, change)).status, 400, JSON.stringify(change))
})

test("a ticket that is no incident is not there", async () => {
  const { rows } = await desk.db.pool.query(
    `insert into tickets (id, kind, status, channel, team_id, last_message_at, created_by_kind, created_at, updated_at)
      select 'tkt_plain', 'support', 'open', 'web', team_id, now(), 'system', now(), now() from tickets where id = $1
      returning number`,
    [first],
  )
  assert.deepEqual((await bulk([rows[0].number as string], { assignment: { agentId: ana.userId } })).outcomes, [
    "not_found",
  ])
})
