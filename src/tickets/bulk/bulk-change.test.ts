import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { createTeam } from "#people/index.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const damian = await member(desk, { email: "damian@example.com", name: "Damián", role: "user" })
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const source = await openMessageSource(desk, { teamIds: [team.id] })
const elsewhere = await openMessageSource(desk)
const one = (await source.says("+573003000001")).ticket!
const two = (await source.says("+573003000002")).ticket!
const foreign = (await elsewhere.says("+573003000003")).ticket!

type Item = {
  ref: string
  ok: boolean
  ticket: { id: string } | null
  problem: { status: number; code: string } | null
}
const bulk = async (tickets: string[], change: object, headers: object = {}, who: Client = ana) => {
  const { status, body } = await who.call("POST", "/tickets/bulk", { tickets, change }, headers)
  return { status, body, items: (body["items"] ?? []) as Item[] }
}
const ticket = async (id: string) => (await ana.call("GET", `/tickets/${id}`)).body

test("each ticket succeeds or fails by itself, with a result for each in the order asked for", async () => {
  const change = { priority: "high", tags: { add: ["vip"] }, assignment: { agentId: ana.userId } }
  const { status, items, body } = await bulk([one.number, "TKT-99999", foreign.id, two.id], change)
  assert.equal(status, 200)
  assert.deepEqual(
    items.map(({ ref, ok, problem }) => [ref, ok, problem?.code ?? null, problem?.status ?? null]),
    [
      [one.number, true, null, null],
      ["TKT-99999", false, "not_found", 404],
      [foreign.id, false, "not_found", 404],
      [two.id, true, null, null],
    ],
  )
  assert.deepEqual([body["changed"], body["failed"]], [2, 2])
  const { priority, tags, assignee, status: now } = await ticket(two.id)
  assert.deepEqual([priority, tags, (assignee as { id: string }).id, now], ["high", ["vip"], ana.userId, "open"])
})

test("a step that one ticket cannot take changes nothing of that ticket and all of the others", async () => {
  await bulk([one.id], { status: "closed" })
  const before = await ticket(one.id)
  const { items } = await bulk([one.id, two.id], { tags: { add: ["x"], remove: ["vip"] }, status: "resolved" })
  assert.deepEqual(
    items.map(({ problem }) => problem?.code),
    ["transition", "transition"],
  )
  assert.deepEqual(await ticket(one.id), before)
  const done = await bulk([one.id, two.id], { tags: { add: ["x"], remove: ["vip"] }, status: "closed" })
  assert.deepEqual(
    done.items.map(({ ok }) => ok),
    [true, true],
  )
  assert.deepEqual((await ticket(two.id))["tags"], ["x"])
})

test("a repeated key does nothing twice and gives the same answer", async () => {
  const headers = { "idempotency-key": "bulk-1" }
  const first = await bulk([one.id], { status: "open" }, headers)
  const events = async () => (await desk.db.kysely.selectFrom("events").select("id").execute()).length
  const after = await events()
  const second = await bulk([one.id], { status: "open" }, headers)
  assert.deepEqual(second.body, first.body)
  assert.equal(await events(), after)
  const other = await ana.call("POST", "/tickets/bulk", { tickets: [one.id], change: { status: "closed" } }, headers)
  assert.equal(other.status, 422)
})

test("more than a hundred tickets, none, or no change are refused whole", async () => {
  const status = async (tickets: string[], change: object) => (await bulk(tickets, change)).status
  assert.equal(
    await status(
      Array.from({ length: 101 }, () => one.id),
      { priority: "low" },
    ),
    400,
  )
  assert.equal(await status([], { priority: "low" }), 400)
  assert.equal(await status([one.id], {}), 400)
  assert.equal(await status([one.id], { subject: "x" }), 400)
  assert.equal((await bulk([one.id], { status: "closed" }, {}, damian)).status, 403)
})

test("several changes go in one request, each of its own tickets, and what is neither form or both is refused by name", async () => {
  const ask = async (body: object) =>
    (await ana.call("POST", "/tickets/bulk", body)) as { status: number; body: object }
  const group = (ref: string, priority: string) => ({ refs: [ref], change: { priority } })
  const changes = [group(one.id, "low"), group(two.number, "urgent"), group(foreign.id, "low")]
  const { status, body } = await ask({ changes })
  const outcomes = (body as { items: Item[] }).items.map(({ ref, ok }) => [ref, ok])
  assert.deepEqual(
    [status, outcomes],
    [
      200,
      [
        [one.id, true],
        [two.number, true],
        [foreign.id, false],
      ],
    ],
  )
  assert.deepEqual([(await ticket(one.id))["priority"], (await ticket(two.id))["priority"]], ["low", "urgent"])
  const add = Array.from({ length: 50 }, (_, n) => `tag ${n}`)
  for (const [path, form] of [
    ["change.tags.add", { tickets: [two.id], change: { tags: { add } } }],
    ["changes.0.change.tags.add", { changes: [{ refs: [two.id], change: { tags: { add } } }] }],
  ] as const) {
    const [item] = ((await ask(form)).body as { items: { problem: { errors: { path: string }[] } }[] }).items
    assert.equal(item!.problem.errors[0]!.path, path, "it has a tag, and 50 more are too many")
  }
  const many = Array.from({ length: 51 }, () => one.id)
  for (const [path, wrong] of [
    ["tickets", {}],
    ["change", { tickets: [one.id] }],
    ["changes", { changes, tickets: [one.id] }],
    ["changes", { changes: [] }],
    ["changes", { changes: [1, 2].map(() => ({ refs: many, change: { priority: "low" } })) }],
    ["changes.0.change", { changes: [{ refs: [one.id], change: {} }] }],
  ] as const) {
    const refused = await ask(wrong)
    const [error] = (refused.body as { errors: { path: string }[] }).errors
    assert.deepEqual([refused.status, error!.path], [400, path])
  }
})

test("many tickets are snoozed and woken at once", async () => {
  await bulk([one.id, two.id], { status: "open" })
  const until = "2026-11-24T09:00:00.000Z"
  await bulk([one.id, two.id], { snooze: { until } })
  assert.equal((await ticket(one.id))["snoozedUntil"], until)
  const past = await bulk([one.id], { snooze: { until: "2026-11-20T09:00:00Z" } })
  assert.deepEqual([past.items[0]!.problem?.status, past.items[0]!.problem?.code], [400, "invalid"])
  await bulk([two.id], { snooze: null })
  assert.equal((await ticket(two.id))["snoozedUntil"], null)
})
