import assert from "node:assert/strict"
import { test } from "node:test"
import { alertsFor } from "./alerts-of-notification.ts"
import { defaultPreferences as kinds } from "./api-contract.ts"

const night = { from: "22:00", to: "07:00" }
const lunch = { from: "12:00", to: "13:30" }
for (const [quietHours, zone, at, isHeard] of [
  [null, "America/Bogota", "2026-11-30T05:00:00Z", true],
  [night, "America/Bogota", "2026-12-01T02:59:59Z", true],
  [night, "America/Bogota", "2026-12-01T03:00:00Z", false],
  [night, "America/Bogota", "2026-12-01T05:00:00Z", false],
  [night, "America/Bogota", "2026-12-01T11:59:59Z", false],
  [night, "America/Bogota", "2026-12-01T12:00:00Z", true],
  [night, "Europe/Madrid", "2026-12-01T12:00:00Z", true],
  [lunch, "America/Bogota", "2026-11-30T17:00:00Z", false],
  [lunch, "America/Bogota", "2026-11-30T18:30:00Z", true],
  // The hour that a change of time repeats is quiet both times.
  [{ from: "01:00", to: "02:00" }, "America/New_York", "2026-11-01T05:30:00Z", false],
  [{ from: "01:00", to: "02:00" }, "America/New_York", "2026-11-01T06:30:00Z", false],
] as const)
  test(`${quietHours ? `${quietHours.from}–${quietHours.to}` : "no quiet hours"} in ${zone} at ${at}: ${isHeard ? "sounds" : "quiet"}`, () => {
    const heard = alertsFor({ kinds, quietHours }, zone)({ kind: "assigned", createdAt: new Date(at) })
    assert.deepEqual(heard, isHeard ? ["sound", "system"] : [])
  })

test("what nobody waits for is only listed", () => {
  const heard = alertsFor({ kinds, quietHours: null }, "UTC")({ kind: "unassigned", createdAt: new Date(0) })
  assert.deepEqual(heard, [])
})
