import assert from "node:assert/strict"
import { test } from "node:test"
import { openRoutingDesk } from "#test/routing.ts"

const desk = await openRoutingDesk()
const home = await desk.team("Soporte", { isDefault: true })

test("round robin goes on by id from whoever had the last turn, and tells why", async () => {
  const team = await desk.team("Turnos")
  await desk.rule({
    priority: 1,
    conditions: [{ field: "tags", operator: "contains", value: "x" }],
    action: { type: "assign_team", teamId: team },
  })
  const agents = [await desk.agent("Ana", [team]), await desk.agent("Bruno", [team]), await desk.agent("Cleo", [team])]
  const ids = agents.map(({ userId }) => userId)
  const tickets = []
  for (let i = 0; i < 7; i++) tickets.push(await desk.opened({ teamId: team }))
  await desk.routed()
  const taken = await Promise.all(tickets.map(async ({ id }) => (await desk.ticket(id)).assignee?.id))
  assert.deepEqual(
    taken,
    [0, 1, 2, 0, 1, 2, 0].map((i) => ids[i]),
  )
  const [why] = await desk.why(tickets[0]!.id)
  assert.equal(why?.question, "who_takes_it")
})

test("nobody there: the team is set, and whoever comes online gets the oldest first", async () => {
  const first = await desk.opened()
  const second = await desk.opened()
  await desk.routed()
  assert.deepEqual((await desk.ticket(first.id)).assignee, null)
  assert.equal((await desk.ticket(first.id)).team?.id, home)
  const ana = await desk.agent("Ana", [home], { capacity: 1 })
  await desk.routed()
  assert.equal((await desk.ticket(first.id)).assignee?.id, ana.userId)
  assert.equal((await desk.ticket(second.id)).assignee, null)
  await ana.call("PUT", `/tickets/${first.id}/status`, { status: "resolved" })
  await desk.routed()
  assert.equal((await desk.ticket(second.id)).assignee?.id, ana.userId)
})
