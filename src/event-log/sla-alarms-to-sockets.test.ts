// Warnings and breaches reach those who are to act on them: the assignee, the leads of the team, the admins. Once per socket.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { LoggedEvent } from "./read-log.ts"
import { eventsByTicket, socketEventsOf, type TicketNow } from "./logged-event-to-socket-events.ts"

const ticket: TicketNow = {
  id: "tkt_a",
  number: "TKT-00001",
  phase: "active",
  version: 3,
  status: "open",
  teamId: "tem_a",
  assigneeId: "usr_ana",
  createdById: null,
  customers: ["customer:usr_carla"],
  messageRooms: [],
  row: {},
  isSlaVisible: false,
}
const now = new Map([[ticket.id, ticket]])
const event = (kind: LoggedEvent["kind"], data: Record<string, unknown>): LoggedEvent => {
  const at = new Date(0)
  const of = { ticketId: ticket.id, subjectId: null, actorKind: "system", actorId: null }
  return { id: 1, position: 7, at, placedAt: at, kind, ...of, depth: 0, data }
}
const named = (one: LoggedEvent) => socketEventsOf([one], now).filter(({ name }) => name.startsWith("ticket:"))
const ids = { ticketId: "tkt_a", number: "TKT-00001", phase: "active", version: 3, eventId: "7" }
const rooms = ["admins", "user:usr_ana", "user:usr_sol"]

test("a warning says its metric and the minutes that are left", () => {
  const data = { metric: "first_response", minutesRemaining: 12, leadIds: ["usr_sol"], notifyIds: ["usr_x"] }
  const body = { ...ids, metric: "first_response", minutesRemaining: 12 }
  assert.deepEqual(named(event("ticket.sla_warned", data)), [{ rooms, name: "ticket:sla:warning", body }])
})

test("a breach says its metric", () => {
  const data = { metric: "resolution", leadIds: ["usr_sol"] }
  const body = { ...ids, metric: "resolution" }
  assert.deepEqual(named(event("ticket.sla_breached", data)), [{ rooms, name: "ticket:sla:breached", body }])
})

test("deadlines that moved bring rows to staff, and to customers that they moved where those see them", () => {
  const moved = { ...event("tickets.deadlines_moved", { ticketIds: ["tkt_a", "tkt_gone"] }), ticketId: null }
  const sentWith = (isSlaVisible: boolean) =>
    socketEventsOf(eventsByTicket([moved]), new Map([[ticket.id, { ...ticket, isSlaVisible }]])).map(
      ({ name, rooms: to, body }) => [name, to, "row" in body],
    )
  const row = ["ticket", ["admins", "team:tem_a", "user:usr_ana"], true]
  assert.deepEqual(sentWith(false), [row])
  assert.deepEqual(sentWith(true), [row, ["ticket", ["customer:usr_carla"], false]])
  const ofMany = { ...moved, data: {} }
  const toAll = [{ rooms: ["staff", "customers"], name: "resync", body: { of: "tickets" } }]
  assert.deepEqual(socketEventsOf(eventsByTicket([ofMany]), now), toAll)
})

test("what is recorded quietly is sent to nobody; its row goes to all staff who see it, never to customers", () => {
  for (const kind of ["ticket.sla_warned", "ticket.sla_breached"] as const) {
    const sent = socketEventsOf([event(kind, { metric: "resolution", quiet: true })], now)
    assert.deepEqual(
      sent.map(({ name, rooms: to }) => [name, to]),
      [["ticket", ["admins", "team:tem_a", "user:usr_ana"]]],
    )
  }
})
