import assert from "node:assert/strict"
import { test } from "node:test"
import { instantOf, snoozeUntil, type SnoozeOption } from "./snooze-times.ts"

// A Thursday afternoon in Bogotá, five hours behind.
const now = new Date("2026-03-12T20:20:00Z")
const until = (choice: SnoozeOption, from = now, zone = "America/Bogota") =>
  snoozeUntil(choice, from, zone).toISOString()

test("an hour is an hour, tomorrow its morning, next week its Monday, on the reader's wall", () => {
  assert.equal(until("hour"), "2026-03-12T21:20:00.000Z")
  assert.equal(until("threeHours"), "2026-03-12T23:20:00.000Z")
  assert.equal(until("tomorrow"), "2026-03-13T14:00:00.000Z")
  assert.equal(until("nextWeek"), "2026-03-16T14:00:00.000Z")
})

test("on a Monday next week is the next one", () => {
  assert.equal(until("nextWeek", new Date("2026-03-16T13:00:00Z")), "2026-03-23T14:00:00.000Z")
})

test("the morning after the clocks change is at nine of the new time", () => {
  assert.equal(until("tomorrow", new Date("2026-03-28T12:00:00Z"), "Europe/Madrid"), "2026-03-29T07:00:00.000Z")
})

test("a written day and hour is meant where the reader lives", () => {
  assert.equal(instantOf(new Date("2026-03-12T09:30"), "America/Bogota").toISOString(), "2026-03-12T14:30:00.000Z")
})
