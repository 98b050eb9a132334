// A desk with calendars, and who may do what with them.
import assert from "node:assert/strict"
import { calendarRoutes } from "#calendars/index.ts"
import type { Calendar } from "#calendars/api-contract.ts"
import { connectionRoutes, connectionsWithCalendar } from "#connections/index.ts"
import { can, usersWithCalendar } from "#people/index.ts"
import { type Answer, member, openDesk } from "./test-desk.ts"

export const office = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }))
export const rules = { timezone: "America/Bogota", intervals: office }

export async function openCalendarDesk() {
  const desk = await openDesk((app, kit) => {
    const findUses = [connectionsWithCalendar, usersWithCalendar]
    calendarRoutes(app, kit, { see: can.beStaff, manage: can.manageCalendars, findUses })
    connectionRoutes(app, kit)
  })
  const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
  const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
  const make = async (more: object = {}) => {
    const { status, body } = await admin.call("POST", "/calendars", { name: "Soporte", ...rules, ...more })
    assert.equal(status, 201, JSON.stringify(body))
    return body as unknown as Calendar
  }
  const rows = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows
  const everything = () =>
    rows(`select (select count(*) from calendars) as calendars, (select count(*) from public_holidays) as holidays,
      (select count(*) from events) as events`)
  return { desk, admin, agent, make, rows, everything }
}

export function refused({ status, body }: Answer, path: string, what: string) {
  const paths = ((body["errors"] ?? []) as { path: string }[]).map((error) => error.path)
  assert.deepEqual([status, paths[0]], [400, path], `${what}: ${JSON.stringify(body)}`)
}
