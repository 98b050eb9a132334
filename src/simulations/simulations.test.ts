// A what-if says how far it is, is cancelled by its asker, is seen by nobody else, and shows what its asker may see.
import assert from "node:assert/strict"
import { test } from "node:test"
import { z } from "zod"
import { assignmentRulesSimulation } from "#routing/index.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { createTeam } from "#people/index.ts"
import { peopleRoutes } from "#people/index.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { type Comparison, type SimulationKind, simulationRoutes } from "./index.ts"

/** Batches that come when the test lets them. */
function steppedKind() {
  const waiting: ((batch: Comparison | Error | null) => void)[] = []
  const next = () => new Promise<Comparison | Error | null>((resolve) => waiting.push(resolve))
  async function* batches() {
    for (let batch = await next(); batch !== null; batch = await next()) {
      if (batch instanceof Error) throw batch
      yield batch
    }
  }
  const kind: SimulationKind = {
    name: "stepped",
    summary: "As the test says",
    candidate: z.strictObject({}),
    compare: async () => batches(),
  }
  /** To the run that asked last, once `others` more of them wait. */
  const give = async (batch: Comparison | Error | null, others = 0) => {
    await waitUntil("a batch is asked for", async () => waiting.length > others)
    waiting.pop()!(batch)
  }
  return { kind, give }
}

const { kind, give } = steppedKind()
const desk = await openDesk((app, kit) => {
  peopleRoutes(app, { ...kit, authentication: kit.authentication, publicUrl: kit.publicUrl })
  simulationRoutes(app, kit, [kind, assignmentRulesSimulation])
})
const someone = (name: string, role: "agent" | "lead" | "admin", teamIds: string[] = []) =>
  member(desk, { email: `${name}@example.com`, name, role, teamIds, language: "en" })
const team = async (name: string) => (await acting(desk, (act) => createTeam(act, { name }))).id
const [ours, theirs] = [await team("Ours"), await team("Theirs")]
const [root, lead, agent] = [
  await someone("root", "admin"),
  await someone("lead", "lead", [ours]),
  await someone("ana", "agent"),
]
const span = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const batch = (more: Partial<Comparison> = {}): Comparison => ({ checked: 10, progress: 0.5, differences: [], ...more })
const start = (who: Client, path = "stepped", candidate: object = {}) =>
  who.call("POST", `/simulations/${path}`, { candidate, ...span })
/** Its answer comes when it has ended. */
async function begin(who: Client, others = 0) {
  const answer = start(who)
  await give(batch(), others)
  const [{ id }] = await rows("select id from simulations where user_id = $1 order by id desc limit 1", who.userId)
  await waitUntil("the batch is stored", async () => (await look(who, id)).body["checked"] === 10)
  return { id: id as string, answer }
}
const look = (who: Client, id: string) => who.call("GET", `/simulations/${id}`)

test("it says how far it is, and all of it once it is done", async () => {
  const { id, answer } = await begin(root)
  const { status, body } = await look(root, id)
  assert.deepEqual([status, body["state"], body["progress"], body["checked"]], [200, "running", 0.5, 10])
  await give(batch({ checked: 5, progress: 0.9 }))
  await give(null)
  const done = await answer
  assert.deepEqual(
    [done.status, done.body],
    [201, { id, state: "done", progress: 1, checked: 15, differing: 0, items: [] }],
  )
})

test("its asker cancels it, and it asks for no more batches", async () => {
  const { id, answer } = await begin(root)
  assert.equal((await root.call("DELETE", `/simulations/${id}`)).status, 204)
  assert.equal((await look(root, id)).body["state"], "cancelled")
  await give(batch())
  assert.deepEqual([(await answer).body["state"], (await answer).body["checked"]], ["cancelled", 10])
  assert.equal((await root.call("DELETE", `/simulations/${id}`)).status, 204)
  assert.equal((await look(root, id)).body["state"], "cancelled", "what has ended stays as it ended")
})

test("one that breaks has failed with what it found, and so has one whose server died", async () => {
  const broken = await begin(root)
  await give(new Error("broken on purpose"))
  assert.deepEqual([(await broken.answer).body["state"], (await broken.answer).body["checked"]], ["failed", 10])
  const orphan = await begin(root)
  await rows("update simulations set touched_at = now() - interval '1 minute' where id = $1", orphan.id)
  assert.equal((await look(root, orphan.id)).body["state"], "failed")
  await give(null)
  await orphan.answer
})

test("nobody else sees or cancels it, and agents run none", async () => {
  const { id, answer } = await begin(lead)
  for (const method of ["GET", "DELETE"] as const) {
    assert.equal((await root.call(method, `/simulations/${id}`)).status, 404)
    assert.equal((await agent.call(method, `/simulations/${id}`)).status, 403)
  }
  assert.equal((await start(agent)).status, 403)
  await give(null)
  assert.equal((await answer).body["state"], "done")
})

test("three at once are enough for anybody", async () => {
  const running = [await begin(root), await begin(root, 1), await begin(root, 2)]
  const { status, body } = await start(root)
  assert.deepEqual([status, body["code"]], [429, "too_many"])
  for (const _ of running) await give(null)
  for (const { answer } of running) assert.equal((await answer).body["state"], "done")
})

test("three are enough for somebody who asks for six in the same moment too", async () => {
  const statuses: number[] = []
  const asked = Array.from({ length: 6 }, () => start(lead).then(({ status }) => void statuses.push(status)))
  await waitUntil("three are refused", async () => statuses.length >= 3)
  for (let n = 0; n < 3; n++) await give(null)
  await Promise.all(asked)
  assert.deepEqual(statuses, [429, 429, 429, 201, 201, 201])
})

test("of past tickets each sees their own, also once they see less, and nothing is written", async () => {
  const open = (teamId: string) =>
    acting(desk, (act) => openSupportTicket(act, { subject: "Ayuda", description: "", channel: "web", teamId }))
  const [mine, other] = [await open(ours), await open(theirs)]
  const counts = () =>
    rows(`select relname, n_live_tup from pg_stat_user_tables where false union all
      select 'events', count(*) from events union all select 'tickets', count(*) from tickets
      union all select 'admin_acts', count(*) from admin_acts union all select 'queue', count(*) from routing_queue`)
  const before = await counts()
  const candidate = { name: "Todo", action: { type: "assign_team", teamId: ours } }
  const items = (answer: Awaited<ReturnType<typeof start>>) =>
    (answer.body["items"] as { ticketId: string }[]).map(({ ticketId }) => ticketId)
  const all = await start(root, "assignment-rules", {
    ...candidate,
    action: { type: "assign_agent", agentId: lead.userId },
  })
  assert.deepEqual(items(all).toSorted(), [mine.id, other.id].toSorted())
  const some = await start(lead, "assignment-rules", {
    ...candidate,
    action: { type: "assign_agent", agentId: lead.userId },
  })
  assert.deepEqual([some.body["checked"], items(some)], [1, [mine.id]])
  assert.deepEqual(await counts(), before)
  await root.call("PATCH", `/users/${lead.userId}`, { teamIds: [] })
  assert.deepEqual(items(await look(lead, String(some.body["id"]))), [])
})

test("a span that is none, or longer than 92 days, is refused by its field", async () => {
  const bad: [object, string][] = [
    [{ from: span.to, to: span.from }, "to"],
    [{ from: "2026-01-01T00:00:00Z" }, "to"],
    [{ from: "yesterday" }, "from"],
    [{ candidate: { name: "x", action: { type: "none" } } }, "candidate"],
  ]
  for (const [more, path] of bad) {
    const candidate = { name: "Todo", action: { type: "round_robin" } }
    const { status, body } = await root.call("POST", "/simulations/assignment-rules", { candidate, ...span, ...more })
    assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, path])
  }
})
