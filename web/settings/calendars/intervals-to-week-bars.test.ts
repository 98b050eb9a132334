import assert from "node:assert/strict"
import { test } from "node:test"
import { weekBars, weeklyHours } from "./intervals-to-week-bars.ts"

test("what overlaps is one bar, and a night is two", () => {
  const intervals = [
    { day: 1, from: "09:00", to: "13:00" },
    { day: 1, from: "12:00", to: "18:00" },
    { day: 6, from: "22:00", to: "06:00" },
    { day: 3, from: "00:00", to: "24:00" },
    { day: 2, from: "18:00", to: "00:00" },
  ]
  const bars = weekBars(intervals)
  assert.deepEqual(bars[1], [{ from: 540, to: 1_080 }])
  assert.deepEqual([bars[6], bars[0]], [[{ from: 1_320, to: 1_440 }], [{ from: 0, to: 360 }]])
  assert.deepEqual([bars[3], bars[2]], [[{ from: 0, to: 1_440 }], [{ from: 1_080, to: 1_440 }]])
  assert.equal(weeklyHours(intervals), 9 + 8 + 24 + 6)
})

test("a time that is still being typed, and no time at all, draw nothing", () => {
  const unfinished = [
    { day: 1, from: "", to: "18:00" },
    { day: 1, from: "09:00", to: "" },
    { day: 1, from: "09:00", to: "09:00" },
  ]
  assert.deepEqual(weekBars(unfinished).flat(), [])
  assert.equal(weeklyHours(unfinished), 0)
})
