// Giving tickets by hand. Named after what they prevent.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Answer } from "#test/desks/test-desk.ts"
import { openRoutingDesk } from "#test/desks/routing-desk.ts"

const desk = await openRoutingDesk()
await desk.team("Soporte", { isDefault: true })
const [sales, returns] = [await desk.team("Ventas"), await desk.team("Devoluciones")]
const first = (ids: string[]) => ids.toSorted()[0]
const [ana, bruno] = [await desk.agent("Ana", [sales]), await desk.agent("Bruno", [returns])]
const sol = await desk.agent("Sol", [sales], { role: "lead" })
const { admin, assign } = desk

const refused = ({ status, body }: Answer) => [status, body["code"]]
const owner = ({ body }: Answer) => [
  (body["assignee"] as { id: string } | null)?.id,
  (body["team"] as { id: string })?.id,
]
const make = async (teamId = sales) => (await desk.opened({ teamId })).id

test("47: of many at once only as many as fit are given to an agent", async () => {
  const full = await desk.agent("Cleo", [sales], { capacity: 5 })
  const ids = await Promise.all(Array.from({ length: 12 }, () => make()))
  const answers = await Promise.all(ids.map((id) => assign(admin, id, { agentId: full.userId })))
  assert.equal(answers.filter(({ status }) => status === 200).length, 5)
  const others = answers.filter(({ status }) => status !== 200)
  assert.deepEqual([...new Set(others.map((one) => refused(one).join(" ")))], ["409 at_capacity"])
  assert.deepEqual([others[0]!.body["load"], others[0]!.body["capacity"]], [5, 5])
})

test("48: giving a ticket to who has it is never refused, and changes nothing", async () => {
  const one = await desk.agent("Dora", [sales], { capacity: 1 })
  const id = await make()
  const given = await assign(admin, id, { agentId: one.userId })
  const again = await assign(admin, id, { agentId: one.userId })
  assert.deepEqual([given.status, again.status, again.body["version"]], [200, 200, given.body["version"]])
  await admin.call("PATCH", `/users/${one.userId}`, { capacity: 0 })
  assert.equal((await assign(one, id, { agentId: one.userId })).status, 200)
})

test("49: what waits, is resolved or closed is no load, and may still be given", async () => {
  const one = await desk.agent("Eva", [sales], { capacity: 1 })
  const [a, b, c] = [await make(), await make(), await make()]
  await admin.call("PUT", `/tickets/${a}/status`, { status: "closed" })
  await admin.call("PUT", `/tickets/${b}/status`, { status: "pending" })
  for (const id of [a, b, c]) assert.equal((await assign(admin, id, { agentId: one.userId })).status, 200)
  assert.deepEqual(refused(await assign(admin, await make(), { agentId: one.userId })), [409, "at_capacity"])
})

test("weights say how much a ticket of each kind takes", async () => {
  const one = await desk.agent("Flor", [sales], { capacity: 1 })
  const weights = { support: 0.5, conversation: 1, incident: 0, mirrored: 0 }
  assert.equal((await admin.call("PUT", "/settings/assignment.weights", { value: weights })).status, 200)
  const statuses = []
  for (let i = 0; i < 3; i++) statuses.push((await assign(admin, await make(), { agentId: one.userId })).status)
  await admin.call("PUT", "/settings/assignment.weights", { value: { ...weights, support: 1 } })
  assert.deepEqual(statuses, [200, 200, 409])
})

test("50: no ticket, nobody, a customer or a disabled agent is refused; an agent without teams leaves the ticket in its own", async () => {
  const carla = await desk.made("/users", { email: "carla@example.com", name: "Carla", role: "user" })
  const gone = await desk.agent("Gael", [sales])
  await admin.call("DELETE", `/users/${gone.userId}`)
  const id = await make()
  for (const agentId of [carla, gone.userId, "usr_nobody"]) {
    const { status, body } = await assign(admin, id, { agentId })
    assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "agentId"])
  }
  assert.equal((await assign(admin, "TKT-99999999", { agentId: ana.userId })).status, 404)
  const free = await desk.agent("Hugo", [])
  assert.deepEqual(owner(await assign(admin, id, { agentId: free.userId })), [free.userId, sales])
})

test("51: agents give within their own teams, leads anywhere with a reason, admins always", async () => {
  const id = await make()
  assert.deepEqual(refused(await assign(ana, id, { agentId: bruno.userId })), [403, "forbidden"])
  assert.deepEqual(refused(await assign(ana, id, { agentId: bruno.userId, override: "he knows" })), [403, "forbidden"])
  assert.deepEqual(refused(await assign(sol, id, { agentId: bruno.userId })), [403, "forbidden"])
  assert.deepEqual(owner(await assign(ana, id, { agentId: sol.userId })), [sol.userId, sales])
  assert.deepEqual(owner(await assign(sol, id, { agentId: bruno.userId, override: "he knows" })), [
    bruno.userId,
    returns,
  ])
  assert.deepEqual(owner(await assign(admin, id, { agentId: ana.userId })), [ana.userId, sales])
  assert.equal((await assign(bruno, id, { agentId: bruno.userId })).status, 404)
})

test("51b: an agent of several teams brings the ticket to the first of them; one asked for must be theirs", async () => {
  const both = await desk.agent("Iris", [sales, returns])
  const id = await make(await desk.team("Otra"))
  assert.deepEqual(owner(await assign(admin, id, { agentId: both.userId })), [both.userId, first([sales, returns])])
  const other = await make()
  assert.deepEqual(owner(await assign(admin, other, { agentId: both.userId, teamId: returns })), [both.userId, returns])
  assert.equal((await assign(admin, other, { agentId: ana.userId, teamId: returns })).status, 400)
  assert.equal((await assign(admin, other, { teamId: "tem_none" })).status, 400)
})

test("how much each agent has and takes is shown to staff, and to nobody else", async () => {
  const one = await desk.agent("Kira", [sales], { capacity: 7 })
  for (let i = 0; i < 2; i++) await assign(admin, await make(), { agentId: one.userId })
  const { items } = (await ana.call("GET", "/loads")).body as { items: { userId: string }[] }
  assert.deepEqual(
    items.find(({ userId }) => userId === one.userId),
    { userId: one.userId, load: 2, capacity: 7 },
  )
  await admin.call("PATCH", `/users/${one.userId}`, { disabled: true })
  const later = (await ana.call("GET", "/loads")).body as { items: { userId: string }[] }
  assert.equal(
    later.items.some(({ userId }) => userId === one.userId),
    false,
  )
})

test("51c: a lead or admin may give more than fits, with a reason; an agent's reason does not help", async () => {
  const one = await desk.agent("Juan", [sales], { capacity: 0 })
  const id = await make()
  for (const who of [ana, sol, admin])
    assert.deepEqual(refused(await assign(who, id, { agentId: one.userId })), [409, "at_capacity"])
  assert.deepEqual(refused(await assign(ana, id, { agentId: one.userId, override: "please" })), [409, "at_capacity"])
  assert.equal((await assign(sol, id, { agentId: one.userId, override: "only he can" })).status, 200)
})

test("52–53: the activity says who gave it, to whom, and from whom it was taken", async () => {
  const id = await make()
  await assign(ana, id, { agentId: ana.userId })
  await assign(sol, id, { agentId: sol.userId, override: "hers is over" })
  const { items } = (await admin.call("GET", `/tickets/${id}/timeline`)).body as { items: Entry[] }
  const given = items.filter(({ action }) => action === "ticket.assigned")
  assert.deepEqual(
    given.map(({ actor, details }) => [actor.name, details["previousAgentName"], details["agentName"]]),
    [
      ["Ana", null, "Ana"],
      ["Sol", "Ana", "Sol"],
    ],
  )
  assert.deepEqual(
    given.map(({ details }) => details["override"]),
    [undefined, "hers is over"],
    "why she overrode it is kept",
  )
})
type Entry = { action: string; actor: { name: string }; details: Record<string, unknown> }

test("of two who claim one ticket one has it and the other learns who; having read it, or saying so, takes it", async () => {
  const id = await make()
  const rivals = [ana, sol]
  const answers = await Promise.all(rivals.map((who) => assign(who, id, { agentId: who.userId })))
  const winner = rivals[answers.findIndex(({ status }) => status === 200)]!
  const loser = rivals.find((who) => who !== winner)!
  const lost = answers.find(({ status }) => status !== 200)!
  assert.deepEqual(
    [...refused(lost), lost.body["assignee"]],
    [409, "already_assigned", { id: winner.userId, name: winner.name }],
  )
  const { version } = await desk.ticket(id)
  const taken = await assign(loser, id, { agentId: loser.userId }, { "if-match": `"${version}"` })
  assert.deepEqual(owner(taken), [loser.userId, sales])
  assert.deepEqual(owner(await assign(winner, id, { agentId: winner.userId, override: "back" })), [
    winner.userId,
    sales,
  ])
})

test("an agent moves tickets among their own teams only, also by the agent they give them to", async () => {
  const id = await make()
  for (const who of [ana, sol]) {
    assert.deepEqual(refused(await assign(who, id, { agentId: bruno.userId })), [403, "forbidden"])
    assert.deepEqual(refused(await assign(who, id, { teamId: returns })), [403, "forbidden"])
  }
  assert.deepEqual(owner(await assign(ana, id, { agentId: sol.userId })), [sol.userId, sales])
  const moved = await assign(sol, id, { agentId: bruno.userId, override: "he knows the case" })
  assert.deepEqual([moved.status, (moved.body["team"] as { id: string }).id], [200, returns])
})
