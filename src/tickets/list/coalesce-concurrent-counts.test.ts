import assert from "node:assert/strict"
import { test } from "node:test"
import type { Database, Statement } from "#kernel/db.ts"
import { createTeam, type Principal } from "#people/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { fc } from "#test/fast-check-seed.ts"
import { listQuery } from "../api-contract.ts"
import { ticketRoutes } from "../routes.ts"
import { countTickets } from "./list-tickets.ts"
import { createSharedCounts } from "./coalesce-concurrent-counts.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const agents = await Promise.all(
  ["ana", "bruno", "eva"].map((name) => member(desk, { email: `${name}@example.com`, name, role: "agent" })),
)
const teams = await Promise.all(["Ventas", "Soporte"].map((name) => acting(desk, (act) => createTeam(act, { name }))))
const queries = [
  { phase: ["new", "active", "waiting"] },
  { phase: ["new", "active", "waiting"], assignedTo: "unassigned" },
  { phase: ["new", "active", "waiting"], assignedTo: "me" },
  { status: ["closed"], priority: ["high"] },
  { tag: "vip" },
  { phase: ["new", "active", "waiting"], slaState: "breached" },
  { phase: ["new", "active", "waiting"], slaState: ["on_track", "warning"], slaDueTo: "2026-11-30" },
  {},
].map((query) => listQuery.parse(query))

const principal = (id: string, role: Principal["role"], teamIds: string[]): Principal => ({
  kind: "user",
  id,
  role,
  teamIds,
  language: "es",
  timezone: "UTC",
})

const ticket = fc.record({
  team: fc.constantFrom(...teams.map(({ id }) => id), undefined),
  by: fc.constantFrom(root, ...agents),
  assignee: fc.constantFrom(undefined, ...agents.map(({ userId }) => userId)),
  isClosed: fc.boolean(),
  priority: fc.constantFrom("low", "high"),
  tags: fc.constantFrom([], ["vip"]),
  deadline: fc.constantFrom(null, ["breached", "2026-11-29"], ["on_track", "2026-11-30"], ["warning", "2026-12-02"]),
})
const viewer = fc.record({
  role: fc.constantFrom("agent" as const, "lead" as const, "admin" as const),
  id: fc.constantFrom(root.userId, ...agents.map(({ userId }) => userId)),
  teamIds: fc.shuffledSubarray(teams.map(({ id }) => id)),
})

test("a user who shares counts gets what they would count alone", async () => {
  const counts = createSharedCounts(desk.db)
  await fc.assert(
    fc.asyncProperty(
      fc.array(ticket, { maxLength: 4 }),
      fc.array(viewer, { minLength: 4, maxLength: 6 }),
      async (made, viewers) => {
        for (const { by, team, assignee, isClosed, deadline, ...fields } of made) {
          const { body } = await by.call("POST", "/tickets", { subject: "x", ...fields })
          await desk.db.pool.query("update tickets set team_id = $2, assignee_id = $3 where id = $1", [
            body["id"],
            team ?? null,
            assignee ?? null,
          ])
          if (deadline)
            await desk.db.pool.query(
              `insert into ticket_sla (ticket_id, cycle, state, due_at, is_running) values ($1, 1, $2, $3, true)
               on conflict (ticket_id) do update set state = excluded.state, due_at = excluded.due_at, is_running = true`,
              [body["id"], ...deadline],
            )
          if (isClosed) await root.call("PUT", `/tickets/${String(body["id"])}/status`, { status: "closed" })
        }
        const asked = viewers.flatMap(({ id, role, teamIds }) =>
          queries.flatMap((query) => [4, 100].map((upTo) => ({ who: principal(id, role, teamIds), query, upTo }))),
        )
        const together = await Promise.all(asked.map(({ who, query, upTo }) => counts(who, query, upTo)))
        for (const [nth, { who, query, upTo }] of asked.entries())
          assert.deepEqual(together[nth], await countTickets(desk.db, who, query, upTo), JSON.stringify([who, query]))
      },
    ),
    { numRuns: 15 },
  )
})

test("what a hundred of the same teams ask at once is counted once, however they stand in the teams' order", async () => {
  const statements: string[] = []
  const run = (statement: Statement) => {
    statements.push(statement.text)
    return desk.db.run(statement)
  }
  const counts = createSharedCounts({ ...desk.db, run } as Database)
  const [a, b] = teams.map(({ id }) => id) as [string, string]
  const ask = (count: number, role: Principal["role"]) =>
    Promise.all(
      Array.from({ length: count }, (_, nth) =>
        counts(principal(`usr_${nth}`, role, nth % 2 ? [a, b] : [b, a]), queries[0]!, 100),
      ),
    )
  await ask(100, "agent")
  const ofTeams = statements.filter((text) => !text.includes("created_by_id"))
  assert.equal(ofTeams.length, 1)
  statements.length = 0
  await ask(100, "admin")
  assert.equal(statements.length, 1)
})
