import assert from "node:assert/strict"
import { test } from "node:test"
import { office, openCalendarDesk, refused, rules } from "#test/desks/calendar-desk.ts"

const { admin, agent, make, everything } = await openCalendarDesk()

const sameTime = [{ day: 1, from: "09:00", to: "09:00" }]
const everyDay = Array.from({ length: 366 }, (_, n) => {
  const date = new Date(Date.UTC(2028, 0, 1 + n)).toISOString().slice(0, 10)
  return { date, name: "Cerrado", yearly: true }
})
const wrong: [what: string, more: object, path: string][] = [
  ["it never opens", { intervals: [] }, "intervals"],
  ["a whole year of holidays", { holidays: everyDay }, "holidays"],
  ["an unknown zone", { timezone: "Mars/Olympus" }, "timezone"],
  ["an offset is no zone", { timezone: "+01:00" }, "timezone"],
  ["from = to", { intervals: sameTime }, "intervals.0.to"],
  ["a whole day written as none", { intervals: [{ day: 1, from: "00:00", to: "00:00" }] }, "intervals.0.to"],
  ["a day of eight", { intervals: [...office, { day: 7, from: "09:00", to: "18:00" }] }, "intervals.5.day"],
  ["24:00 begins no day", { intervals: [{ day: 1, from: "24:00", to: "08:00" }] }, "intervals.0.from"],
  ["25:00", { intervals: [{ day: 1, from: "09:00", to: "25:00" }] }, "intervals.0.to"],
  ["9 o'clock without its zero", { intervals: [{ day: 1, from: "9:00", to: "18:00" }] }, "intervals.0.from"],
  ["a field that is none", { intervals: [{ day: 1, from: "09:00", to: "18:00", until: "x" }] }, "intervals.0.until"],
  ["31 February", { holidays: [{ date: "2026-02-31", name: "Nunca" }] }, "holidays.0.date"],
  ["29 February of no leap year", { holidays: [{ date: "2027-02-29", name: "Nunca" }] }, "holidays.0.date"],
  ["a holiday without a name", { holidays: [{ date: "2026-12-24", name: " " }] }, "holidays.0.name"],
  ["a country of three letters", { holidayCountry: "COL" }, "holidayCountry"],
  ["a country that nobody knows", { holidayCountry: "XX" }, "holidayCountry"],
  ["a word of every object", { holidayCountry: "ES", holidayRegion: "valueOf" }, "holidayRegion"],
  ["a region of another country", { holidayCountry: "ES", holidayRegion: "BY" }, "holidayRegion"],
  ["a region without its country", { holidayRegion: "MD" }, "holidayRegion"],
]

test("what cannot be is refused by its field, and nothing of it is kept", async () => {
  const kept = await make({ holidayCountry: "ES", holidayRegion: "MD" })
  const { id } = await make()
  const before = await everything()
  for (const [what, more, path] of wrong) {
    refused(await admin.call("POST", "/calendars", { name: "Soporte", ...rules, ...more }), path, what)
    refused(await admin.call("PATCH", `/calendars/${id}`, more), path, what)
    refused(await admin.call("POST", "/calendars/preview", { ...rules, minutes: 60, ...more }), path, what)
  }
  refused(
    await admin.call("PATCH", `/calendars/${kept.id}`, { holidayCountry: null, holidayRegion: "MD" }),
    "holidayRegion",
    "null",
  )
  assert.deepEqual(await everything(), before)
  assert.deepEqual((await agent.call("GET", `/calendars/${kept.id}`)).body["holidayRegion"], "MD")
})

test("the clock refuses what is no question", async () => {
  const { id } = await make()
  const start = "2026-11-29T15:00:00Z"
  const due: [object, string][] = [
    [{ start, minutes: 0 }, "minutes"],
    [{ start, minutes: -1 }, "minutes"],
    [{ start, minutes: "60" }, "minutes"],
    [{ start, minutes: null }, "minutes"],
    [{ start, minutes: 1e12 }, "minutes"],
    [{ start, minutes: 50 * 52 * 45 * 60 + 100_000 }, "minutes"],
    [{ start: "yesterday", minutes: 1 }, "start"],
    [{ start: "9999-12-31T23:00:00Z", minutes: 1 }, "minutes"],
    [{ minutes: 1 }, "start"],
    [{ start, minutes: 1, zone: "UTC" }, "zone"],
  ]
  for (const [body, path] of due)
    refused(await agent.call("POST", `/calendars/${id}/due`, body), path, JSON.stringify(body))
  const between: [object, string][] = [
    [{ start, end: "2026-11-29T14:59:59Z" }, "end"],
    [{ start, end: "2077-11-29T15:00:00Z" }, "end"],
    [{ start }, "end"],
  ]
  for (const [body, path] of between)
    refused(await agent.call("POST", `/calendars/${id}/minutes`, body), path, JSON.stringify(body))
  assert.equal((await agent.call("POST", `/calendars/${id}/minutes`, { start, end: start })).body["minutes"], 0)
  for (const path of ["/due", "/minutes"]) {
    const body = path === "/due" ? { start, minutes: 1 } : { start, end: start }
    assert.equal((await agent.call("POST", `/calendars/cal_none${path}`, body)).status, 404)
  }
})

test("the clock refuses years whose public holidays nobody knows", async () => {
  const { id } = await make({ holidayCountry: "CO" })
  const [old, start, far] = ["2020-12-30T15:00:00Z", "2036-11-03T15:00:00Z", "2037-01-02T15:00:00Z"]
  const asked: [path: string, body: object, field: string][] = [
    ["due", { start: old, minutes: 1 }, "start"],
    ["due", { start: far, minutes: 1 }, "start"],
    ["due", { start, minutes: 60 * 9 * 60 }, "minutes"],
    ["minutes", { start: old, end: start }, "start"],
    ["minutes", { start, end: far }, "end"],
  ]
  for (const [path, body, field] of asked)
    refused(await agent.call("POST", `/calendars/${id}/${path}`, body), field, JSON.stringify(body))
  const { id: anywhere } = await make()
  for (const [path, body] of asked)
    assert.equal((await agent.call("POST", `/calendars/${anywhere}/${path}`, body)).status, 200)
})
