// Another reopening window is tried on what customers wrote: each ticket that would have come back, or begun, and why.
import assert from "node:assert/strict"
import { test } from "node:test"
import { connectionRoutes } from "#connections/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { simulationRoutes } from "#simulations/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { reopenWindowSimulation } from "./simulate-reopen-window.ts"

const desk = await openDesk((app, kit) => {
  connectionRoutes(app, kit)
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  simulationRoutes(app, kit, [reopenWindowSimulation])
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin", language: "en" })
const minutes = (n: number) => desk.clock.pass(n * 60_000)
const close = (id: string) => root.call("PUT", `/tickets/${id}/status`, { status: "closed" })
const { id: connectionId, says } = await openMessageSource(desk)
const from = desk.now()

/** Closed, and written on again after so many minutes. */
async function writesAgainAfter(phone: string, after: number) {
  const { ticket } = await says(phone, { as: "phone" })
  minutes(1)
  await close(ticket!.id)
  minutes(after)
  const again = await says(phone, { as: "phone", text: "Otra pregunta" })
  return { first: ticket!, again: again.ticket! }
}

async function tryWindow(reopenWindowMinutes: number, more: object = {}) {
  const candidate = { connectionId, reopenWindowMinutes, ...more }
  const to = new Date(desk.now().getTime() + 1)
  const { status, body } = await root.call("POST", "/simulations/reopen-window", { candidate, from, to })
  assert.equal(status, 201, JSON.stringify(body))
  return body as {
    checked: number
    differing: number
    items: { ticketId: string; now: string; then: string; because: string }[]
  }
}

test("a longer and a shorter window, to the minute", async () => {
  const late = await writesAgainAfter("+573001110001", 150)
  const soon = await writesAgainAfter("+573001110002", 60)
  assert.deepEqual([late.again.id === late.first.id, soon.again.id === soon.first.id], [false, true])
  const longer = await tryWindow(150)
  assert.deepEqual([longer.checked, longer.differing], [2, 1])
  assert.deepEqual(longer.items, [
    {
      ticketId: late.again.id,
      number: late.again.number,
      now: "New ticket: last activity 2 h 30 min ago, window 2 h",
      then: `${late.first.number} reopens`,
      because: "Reopened: last activity 2 h 30 min ago, window 2 h 30 min",
    },
  ])
  assert.equal((await tryWindow(149)).differing, 0)
  const shorter = await tryWindow(59)
  assert.deepEqual(
    shorter.items.map(({ ticketId, then }) => [ticketId, then]),
    [[soon.again.id, "A new ticket"]],
  )
  assert.equal((await tryWindow(60)).differing, 0)
  assert.equal((await tryWindow(0)).differing, 1)
  assert.equal((await tryWindow(120, { reopenFrom: "closure" })).differing, 0)
})

test("a connection that is none is refused by its field", async () => {
  const candidate = { connectionId: "con_none", reopenWindowMinutes: 5 }
  const { status, body } = await root.call("POST", "/simulations/reopen-window", {
    candidate,
    from,
    to: new Date(from.getTime() + 1),
  })
  assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "candidate.connectionId"])
})
