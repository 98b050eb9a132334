import assert from "node:assert/strict"
import { test } from "node:test"
import { formatCountdown, formatSecond, formatSecondOrDay } from "./format-seconds.ts"

const countdowns: [ms: number, said: string][] = [
  [420_000, "7:00"],
  [419_999, "7:00"],
  [419_000, "6:59"],
  [7_000, "0:07"],
  [1, "0:01"],
  [0, "0:00"],
  [-60_000, "0:00"],
  [3_600_000, "1\u00a0h"],
  [5_400_000, "1\u00a0h 30\u00a0min"],
]

for (const [ms, said] of countdowns)
  test(`of ${ms} ms "${said}" are left`, () => assert.equal(formatCountdown(ms, "es-419"), said))

test("a time to the second is the reader's own", () => {
  const place = { now: 0, locale: "es-419", timezone: "America/Bogota" }
  assert.equal(formatSecond("2026-03-12T05:00:07Z", place), "00:00:07")
  const isSaidOn = (day: string) => formatSecondOrDay("2026-03-12T05:00:07Z", Date.parse(day), place)
  assert.equal(isSaidOn("2026-03-13T04:59:59Z"), "00:00:07")
  assert.match(isSaidOn("2026-03-13T05:00:00Z"), /12.*00:00$/)
})
