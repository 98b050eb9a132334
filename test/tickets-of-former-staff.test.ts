// Nothing stays under the name of somebody who no longer answers.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changeUser, createTeam, disableUser } from "#people/index.ts"
import { examine } from "../src/cli/doctor/check-invariants.ts"
import { routingInvariants } from "#routing/invariants.ts"
import { startApp } from "./start-app.ts"
import { acting, type Client, member } from "./desks/test-desk.ts"
import { waitUntil } from "./server-process.ts"

const app = await startApp()
const root = await member(app, { email: "root@example.com", name: "Root", role: "admin", passwordHash: "none" })
let n = 0
const someone = (name: string, role: "agent" | "lead" = "agent") =>
  member(app, { email: `${name}${++n}@example.com`, name, role })
type TicketState = { status: string; assignee: { id: string } | null; team: { id: string } | null }
const ticket = async (id: string) => (await root.call("GET", `/tickets/${id}`)).body as unknown as TicketState
const opened = async (teamId: string, assigneeId: string) => {
  const { status, body } = await root.call("POST", "/tickets", {
    subject: "Pedido",
    description: "hola",
    teamId,
    assigneeId,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}
const noticesOf = async (who: Client) =>
  ((await who.call("GET", "/notifications")).body["items"] as { kind: string; by: { name: string } }[])
    .filter(({ kind }) => kind === "freed")
    .map(({ by }) => by.name)

async function deskOf(colleague: "online" | "away") {
  const [ana, bruno, sol] = [await someone("Ana"), await someone("Bruno"), await someone("Sol", "lead")]
  const { id: team } = await acting(app, (act) =>
    createTeam(act, { name: `Equipo ${++n}`, memberIds: [ana.userId, bruno.userId], leadIds: [sol.userId] }),
  )
  await bruno.call("PUT", "/me/presence", { status: colleague })
  return { ana, bruno, sol, team }
}

test("open tickets of an account that is switched off go by the rules, and a lead is notified once", async () => {
  const { ana, bruno, sol, team } = await deskOf("online")
  const [one, two, over] = [
    await opened(team, ana.userId),
    await opened(team, ana.userId),
    await opened(team, ana.userId),
  ]
  await root.call("PUT", `/tickets/${over}/status`, { status: "closed" })
  await acting(app, (act) => disableUser(act, ana.userId))
  await waitUntil("both have somebody who answers", async () =>
    (await Promise.all([one, two].map(ticket))).every(({ assignee }) => assignee?.id === bruno.userId),
  )
  assert.equal((await ticket(over)).assignee?.id, ana.userId, "what is over keeps the name of who did it")
  await waitUntil("the lead is notified", async () => (await noticesOf(sol)).length > 0)
  assert.deepEqual(await noticesOf(sol), ["Ana"])
})

test("where nobody has room they wait for their team; and so do those of an agent who is a customer now", async () => {
  const { ana, sol, team } = await deskOf("away")
  const id = await opened(team, ana.userId)
  await acting(app, (act) => changeUser(act, ana.userId, { role: "user" }))
  await waitUntil("nobody has it", async () => (await ticket(id)).assignee === null)
  assert.equal((await ticket(id)).team?.id, team)
  await waitUntil("the lead is notified", async () => (await noticesOf(sol)).length > 0)
})

test("tickets of accounts that were switched off before they went free by themselves: the doctor frees them by the same steps", async () => {
  const { ana, sol, team } = await deskOf("away")
  const ids = [await opened(team, ana.userId), await opened(team, ana.userId)]
  const visit = async (repair: boolean) =>
    (
      await examine({ db: app.db, secrets: app.secrets, patienceMs: 50 }, { repair, checks: routingInvariants })
    ).checks.find(({ name }) => name === "tickets_of_former_staff")!
  const switchedOff = "update users set disabled_at = $2, updated_at = $2 where id = $1"
  await app.db.pool.query(switchedOff, [ana.userId, new Date()])
  assert.equal((await visit(true)).found, 0, "who was switched off a moment ago is seen to by the log")
  await app.db.pool.query(switchedOff, [ana.userId, "2026-01-01"])
  const found = await visit(false)
  assert.deepEqual([found.ok, found.found, ids.filter((id) => found.detail.includes(id)).length], [false, 2, 2])
  const repaired = await visit(true)
  assert.deepEqual([repaired.ok, repaired.repaired], [true, 2])
  const now = await Promise.all(ids.map(ticket))
  assert.deepEqual(
    now.map(({ assignee, team: of }) => [assignee, of?.id]),
    [
      [null, team],
      [null, team],
    ],
  )
  await waitUntil("the lead is notified", async () => (await noticesOf(sol)).length > 0)
  assert.deepEqual(await noticesOf(sol), ["Ana"])
})
