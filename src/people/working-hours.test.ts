// The hours in which staff are given new work: a calendar that exists, which they see themselves.
import assert from "node:assert/strict"
import { test } from "node:test"
import { calendarRoutes } from "#calendars/index.ts"
import { can, peopleRoutes, usersWithCalendar } from "#people/index.ts"
import { member, openDesk } from "#test/desks/test-desk.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, { ...kit, authentication: kit.authentication, publicUrl: kit.publicUrl })
  calendarRoutes(app, kit, { see: can.beStaff, manage: can.manageCalendars, findUses: [usersWithCalendar] })
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }))
const calendar = async () => {
  const { status, body } = await admin.call("POST", "/calendars", {
    name: "Turno",
    timezone: "America/Bogota",
    intervals,
  })
  assert.equal(status, 201)
  return String(body["id"])
}
const change = (userId: string, body: object) => admin.call("PATCH", `/users/${userId}`, body)
const hours = async () => (await ana.call("GET", "/me")).body["hours"]

test("somebody sees whether they are within their hours and when those begin", async () => {
  const calendarId = await calendar()
  assert.equal(await hours(), null)
  const { body } = await change(ana.userId, { calendarId })
  assert.equal(body["calendarId"], calendarId)
  desk.clock.now = new Date("2026-11-22T12:00:00Z")
  assert.deepEqual(await hours(), { calendarId, isOpen: false, opensAt: "2026-11-23T14:00:00.000Z" })
  desk.clock.now = new Date("2026-11-23T15:00:00Z")
  assert.deepEqual(await hours(), { calendarId, isOpen: true, opensAt: "2026-11-23T15:00:00.000Z" })
})

test("a calendar that is somebody's hours cannot be removed, and the refusal names them", async () => {
  const calendarId = await calendar()
  await change(ana.userId, { calendarId })
  const { status, body } = await admin.call("DELETE", `/calendars/${calendarId}`)
  assert.deepEqual(
    [status, body["code"], body["usedBy"]],
    [409, "in_use", [{ kind: "user", id: ana.userId, name: "Ana" }]],
  )
  await change(ana.userId, { calendarId: null })
  assert.equal((await admin.call("DELETE", `/calendars/${calendarId}`)).status, 204)
})

test("a calendar that is none is refused by its field, and customers have no hours", async () => {
  const calendarId = await calendar()
  const refused = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer
    assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "calendarId"])
  }
  await refused(change(ana.userId, { calendarId: "cal_none" }))
  await refused(change(ana.userId, { calendarId: "no id" }))
  await refused(admin.call("POST", "/users", { email: "x@example.com", name: "X", role: "user", calendarId }))
  const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent", calendarId })
  await refused(change(bruno.userId, { role: "user", calendarId }))
  const person = (await admin.call("GET", `/users/${bruno.userId}`)).body
  assert.deepEqual([person["role"], person["calendarId"]], ["agent", calendarId])
})
