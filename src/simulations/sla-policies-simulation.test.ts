// Other policies are tried on past tickets: what would have been missed or met, by the clock that counts present deadlines.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createCalendar } from "#calendars/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { slaRoutes } from "#sla/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { simulationRoutes, slaPoliciesSimulation } from "./index.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  slaRoutes(app, kit)
  simulationRoutes(app, kit, [slaPoliciesSimulation])
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin", language: "en" })
const minutes = (n: number) => desk.clock.pass(n * 60_000)
const from = desk.now()

async function call(method: "POST" | "PUT", path: string, body: object) {
  const answer = await root.call(method, path, body)
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
  return answer.body as { id: string; number: string }
}

/** Of a customer; answered after 90 minutes and resolved after 100. */
async function answered(subject: string) {
  const ticket = await call("POST", "/tickets", { subject, contact: { name: "Carla", email: "carla@example.com" } })
  minutes(90)
  await call("POST", `/tickets/${ticket.id}/messages`, { content: "Ya miramos" })
  minutes(10)
  await call("PUT", `/tickets/${ticket.id}/status`, { status: "resolved" })
  return ticket
}
const tickets = [await answered("Caja rota"), await answered("Factura")]
const span = { from, to: new Date(desk.now().getTime() + 1) }

async function simulated(candidate: object) {
  const { status, body } = await root.call("POST", "/simulations/sla-policies", { candidate, ...span })
  assert.deepEqual([status, body["state"]], [201, "done"], JSON.stringify(body))
  return body as { checked: number; differing: number; items: Record<string, string>[] }
}
const gold = (targets: object | null, more: object = {}) => ({ name: "Oro", isDefault: true, targets, ...more })
const firstResponse = (medium: number) => ({ firstResponse: { medium } })

test("a desk without policies sees what a first one would have found", async () => {
  const { checked, differing, items } = await simulated(gold(firstResponse(60)))
  assert.deepEqual([checked, differing], [2, 2])
  assert.deepEqual(items[0], {
    ticketId: tickets[0]!.id,
    number: tickets[0]!.number,
    now: "First response: no deadline",
    then: "First response: missed",
    because: "First response: the policy Oro grants 1 h of working time since the ticket was created",
  })
  const met = await simulated(gold(firstResponse(90)))
  assert.deepEqual(
    new Set(met.items.map(({ then }) => then)),
    new Set(["First response: met"]),
    "at the due instant it is met",
  )
  assert.equal((await simulated(gold(null))).differing, 0)
})

test("a policy that is changed is tried in its own place, with its conditions and its calendar", async () => {
  const { id } = await call("POST", "/sla-policies", gold({ ...firstResponse(60), resolution: { medium: 100 } }))
  const slower = await simulated({ ...gold({ ...firstResponse(120), resolution: { medium: 99 } }), id })
  assert.deepEqual(
    slower.items.map(({ now, then }) => [now, then]),
    tickets.map(() => ["First response: missed; Resolution: met", "First response: met; Resolution: missed"]),
  )
  assert.equal((await simulated({ ...gold({ ...firstResponse(60), resolution: { medium: 100 } }), id })).differing, 0)
  const conditions = [{ field: "subject", operator: "contains", value: "factura" }]
  const some = await simulated({ name: "Facturas", priority: 1, conditions, targets: { resolution: { medium: 10 } } })
  assert.deepEqual(
    some.items.map(({ ticketId }) => ticketId),
    [tickets[1]!.id],
  )
  // The tickets came on a Sunday.
  const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }))
  const calendarId = await acting(desk, (act) => createCalendar(act, { name: "Oficina", timezone: "UTC", intervals }))
  const office = await simulated({ ...gold(firstResponse(60), { calendarId }), id })
  assert.deepEqual(new Set(office.items.map(({ then }) => then?.split(";")[0])), new Set(["First response: met"]))
})

test("a calendar that is none is refused by its field", async () => {
  const { status, body } = await root.call("POST", "/simulations/sla-policies", {
    candidate: gold(firstResponse(60), { calendarId: "cal_none" }),
    ...span,
  })
  assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "candidate.calendarId"])
})
