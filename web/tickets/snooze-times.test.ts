import assert from "node:assert/strict"
import { test } from "node:test"
import { snoozeUntil } from "./snooze-times.ts"

// A Thursday afternoon.
const now = new Date(2026, 2, 12, 15, 20)
const said = (date: Date) => [date.getDay(), date.getDate(), date.getHours(), date.getMinutes()]

test("an hour is an hour, tomorrow its morning, next week its Monday", () => {
  assert.deepEqual(said(snoozeUntil("hour", now)), [4, 12, 16, 20])
  assert.deepEqual(said(snoozeUntil("threeHours", now)), [4, 12, 18, 20])
  assert.deepEqual(said(snoozeUntil("tomorrow", now)), [5, 13, 9, 0])
  assert.deepEqual(said(snoozeUntil("nextWeek", now)), [1, 16, 9, 0])
})

test("on a Monday next week is the next one", () => {
  assert.deepEqual(said(snoozeUntil("nextWeek", new Date(2026, 2, 16, 8))), [1, 23, 9, 0])
})
