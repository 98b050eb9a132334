import assert from "node:assert/strict"
import { test } from "node:test"
import { formatDay, formatDuration, formatHours, formatNearTime, formatShortTime } from "./format-time.ts"

const now = Date.parse("2026-03-12T15:00:00Z")
const bogota = { now, locale: "es-419", timezone: "America/Bogota" }
const words = { now: "ahora", today: "Hoy", yesterday: "ayer" }

const plain = (text: string) => text.replaceAll("\u00a0", " ")

const whens: [string, string][] = [
  ["2026-03-12T14:59:31Z", "ahora"],
  ["2026-03-12T15:00:20Z", "ahora"], // a clock that runs ahead
  ["2026-03-12T14:55:00Z", "5 min"],
  ["2026-03-12T12:05:00Z", "07:05"],
  ["2026-03-12T05:00:00Z", "00:00"], // midnight in Bogotá is still today
  ["2026-03-12T04:59:00Z", "ayer"],
  ["2026-03-10T12:00:00Z", "10 mar"],
  ["2025-12-31T12:00:00Z", "31 dic 2025"],
]

for (const [at, said] of whens)
  test(`${at} is said "${said}"`, () => assert.equal(plain(formatShortTime(at, bogota, words)), said))

const durations: [number, string][] = [
  [0, "0 min"],
  [41, "41 min"],
  [60, "1 h"],
  [90, "1 h 30 min"],
  [120, "2 h"],
  [2880, "2 días"],
  [-5, "0 min"],
]

for (const [minutes, said] of durations)
  test(`${minutes} minutes are "${said}"`, () => assert.equal(plain(formatDuration(minutes, "es-419")), said))

const hours: [number, string][] = [
  [45, "45 min"],
  [60, "1 h"],
  [90, "1 h 30 min"],
  [1800, "30 h"],
  [2880, "48 h"],
]

for (const [minutes, said] of hours)
  test(`${minutes} minutes of work are "${said}"`, () => assert.equal(plain(formatHours(minutes, "es-419")), said))

const nears: [string, string][] = [
  ["2026-03-12T16:00:00Z", "11:00"],
  ["2026-03-13T04:59:00Z", "23:59"], // still today in Bogotá
  ["2026-03-13T05:00:00Z", "vie 00:00"],
  ["2026-03-16T15:00:00Z", "lun 10:00"],
  ["2026-03-18T15:00:00Z", "18 mar"],
]

for (const [at, said] of nears)
  test(`${at}, which is to come, is said "${said}"`, () => assert.equal(plain(formatNearTime(at, bogota)), said))

test("a day in a thread is named, and its year only when it is another", () => {
  assert.equal(formatDay("2026-03-12T06:00:00Z", bogota, words), "Hoy")
  assert.equal(formatDay("2026-03-11T06:00:00Z", bogota, words), "ayer")
  assert.equal(formatDay("2026-03-02T15:00:00Z", bogota, words), "lunes, 2 de marzo")
  assert.equal(formatDay("2025-03-03T15:00:00Z", bogota, words), "lunes, 3 de marzo de 2025")
})

test("a number is never torn from its unit", () => assert.equal(formatDuration(41, "es-419"), "41\u00a0min"))
