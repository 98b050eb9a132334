import assert from "node:assert/strict"
import { test } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import { addWorkingMinutes, nextHours, nextOpening, workingMinutesBetween } from "./business-clock.ts"
import type { WeeklyInterval, WorkingCalendar } from "./open-ranges.ts"

const weekdays = [1, 2, 3, 4, 5]
const on = (days: number[], ...times: string[]): WeeklyInterval[] =>
  days.flatMap((day) => times.map((time) => ({ day, from: time.split("-")[0]!, to: time.split("-")[1]! })))
const calendar = (timezone: string, intervals: WeeklyInterval[], ...holidays: string[]): WorkingCalendar => ({
  timezone,
  intervals,
  holidays: new Set(holidays),
})

const office = calendar("America/Bogota", on(weekdays, "09:00-18:00"), "2026-12-08", "12-25")
const shop = calendar("America/Bogota", [...on(weekdays, "08:00-12:00", "14:00-18:00"), ...on([6], "09:00-13:00")])
const nights = calendar("America/Bogota", on([1, 2], "22:00-06:00"), "2026-12-01")
const overlapping = calendar("America/Bogota", on([1], "09:00-13:00", "12:00-18:00", "09:30-10:00"))
const always = calendar("Europe/Madrid", on([0, 1, 2, 3, 4, 5, 6], "00:00-24:00"))
const madrid = calendar("Europe/Madrid", on([0, 1, 2, 3, 4, 5, 6], "01:00-04:00"))
const early = calendar("Europe/Madrid", on([0], "00:00-02:30"))
const tokyo = calendar("Asia/Tokyo", on(weekdays, "09:00-17:00"), "2026-12-07")

const due: [what: string, calendar: WorkingCalendar, from: string, minutes: number, at: string][] = [
  ["within a day", office, "2026-11-30T14:00:00Z", 60, "2026-11-30T15:00:00Z"],
  ["before the first hour", office, "2026-11-30T11:00:00Z", 60, "2026-11-30T15:00:00Z"],
  ["over the night", office, "2026-11-30T22:30:00Z", 60, "2026-12-01T14:30:00Z"],
  ["on Friday evening, over the weekend", office, "2026-12-04T23:30:00Z", 60, "2026-12-07T15:00:00Z"],
  ["over a holiday", office, "2026-12-07T22:30:00Z", 60, "2026-12-09T14:30:00Z"],
  ["over a holiday of every year", office, "2031-12-24T22:30:00Z", 60, "2031-12-26T14:30:00Z"],
  ["to the last minute: at closing time", office, "2026-12-03T14:00:00Z", 540, "2026-12-03T23:00:00Z"],
  ["one minute more: on the next day", office, "2026-12-03T14:00:00Z", 541, "2026-12-04T14:01:00Z"],
  ["exactly at closing time", office, "2026-12-03T23:00:00Z", 1, "2026-12-04T14:01:00Z"],
  ["half a minute before it", office, "2026-12-03T22:59:30Z", 1, "2026-12-04T14:00:30Z"],
  ["half a minute", office, "2026-12-03T22:59:00Z", 0.5, "2026-12-03T22:59:30Z"],
  ["no minutes while open", office, "2026-12-03T15:00:00Z", 0, "2026-12-03T15:00:00Z"],
  ["no minutes while closed", office, "2026-12-03T23:00:00Z", 0, "2026-12-04T14:00:00Z"],
  ["over lunch", shop, "2026-12-03T16:30:00Z", 60, "2026-12-03T19:30:00Z"],
  ["from Saturday noon", shop, "2026-12-05T17:30:00Z", 60, "2026-12-07T13:30:00Z"],
  ["past midnight", nights, "2026-12-08T04:00:00Z", 120, "2026-12-08T06:00:00Z"],
  ["a night that began before the holiday", nights, "2026-12-01T10:00:00Z", 60, "2026-12-01T11:00:00Z"],
  ["a night that would begin on the holiday", nights, "2026-12-02T03:00:00Z", 60, "2026-12-08T04:00:00Z"],
  ["overlapping intervals count once", overlapping, "2026-12-07T14:00:00Z", 540, "2026-12-07T23:00:00Z"],
  ["around the clock", always, "2026-03-28T12:00:00Z", 1_440, "2026-03-29T12:00:00Z"],
  ["over the hour that is skipped", madrid, "2026-03-29T00:30:00Z", 60, "2026-03-29T01:30:00Z"],
  ["a shift that the skipped hour shortens", madrid, "2026-03-29T00:00:00Z", 180, "2026-03-30T00:00:00Z"],
  ["a shift that the repeated hour lengthens", madrid, "2026-10-24T23:00:00Z", 240, "2026-10-25T03:00:00Z"],
  ["both passes of what is repeated, and not between", early, "2026-10-25T00:00:00Z", 60, "2026-10-25T01:30:00Z"],
  ["a holiday of its own zone's day", tokyo, "2026-12-06T15:00:00Z", 60, "2026-12-08T01:00:00Z"],
  ["the day before it elsewhere", tokyo, "2026-12-07T23:00:00Z", 60, "2026-12-08T01:00:00Z"],
]

for (const [what, rules, from, minutes, at] of due) {
  test(`due: ${what}`, () => {
    assert.equal(addWorkingMinutes(rules, new Date(from), minutes)?.toISOString(), new Date(at).toISOString())
  })
}

const hours: [what: string, calendar: WorkingCalendar, at: string, closesAt: string | null, opensAt: string | null][] =
  [
    ["while it is open", shop, "2026-12-03T15:00:00Z", "2026-12-03T17:00:00Z", "2026-12-03T19:00:00Z"],
    ["at closing time", office, "2026-12-04T23:00:00Z", null, "2026-12-07T14:00:00Z"],
    ["over lunch", shop, "2026-12-03T17:30:00Z", null, "2026-12-03T19:00:00Z"],
    ["where intervals overlap", overlapping, "2026-12-07T15:00:00Z", "2026-12-07T23:00:00Z", "2026-12-14T14:00:00Z"],
    ["around the clock", always, "2026-03-28T12:00:00Z", "2026-04-28T12:00:00Z", null],
    ["that never open", calendar("UTC", []), "2026-11-29T00:00:00Z", null, null],
  ]

for (const [what, rules, at, closesAt, opensAt] of hours)
  test(`the hours that come: ${what}`, () => {
    const dateOf = (text: string | null) => text && new Date(text)
    assert.deepEqual(nextHours(rules, new Date(at)), { closesAt: dateOf(closesAt), opensAt: dateOf(opensAt) })
  })

test("a calendar that never opens is asked to no end", () => {
  const from = new Date("2026-11-29T00:00:00Z")
  for (const closed of [calendar("UTC", []), calendar("UTC", on([1], "09:00-18:00"), ...everyDay())]) {
    assert.equal(nextOpening(closed, from), null)
    assert.equal(addWorkingMinutes(closed, from, 1), null)
    assert.equal(workingMinutesBetween(closed, from, new Date("2076-01-01T00:00:00Z")), 0)
  }
})

test("65: a due time costs the days until it, however many minutes are worked in them", () => {
  const from = new Date("2026-11-29T00:00:00Z")
  const tenMinutes = calendar("Europe/Madrid", on([0, 1, 2, 3, 4, 5, 6], "09:00-09:10"))
  const cpuOf = (rules: WorkingCalendar, minutes: number) => {
    const before = process.cpuUsage()
    for (const days of [1_000, 2_000, 3_000]) addWorkingMinutes(rules, from, days * minutes)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const least = (rules: WorkingCalendar, minutes: number) =>
    Math.min(...Array.from({ length: 5 }, () => cpuOf(rules, minutes)))
  const [few, many] = [least(tenMinutes, 10), least(always, 1_440)]
  assert.ok(many < 20 * few, `${many} µs of processor against ${few}`)
})

test("what is more than fifty years away has no due time, whatever the calendar", () => {
  const from = new Date("2026-11-29T00:00:00Z")
  for (const minutes of [27_000_000, 1e300, Infinity]) assert.equal(addWorkingMinutes(always, from, minutes), null)
  assert.equal(addWorkingMinutes(always, new Date("9999-12-31T00:00:00Z"), 1_441), null)
  for (const minutes of [-1, Number.NaN]) assert.throws(() => addWorkingMinutes(always, from, minutes), RangeError)
})

test("minutes between", () => {
  const between = (from: string, to: string) => workingMinutesBetween(office, new Date(from), new Date(to))
  assert.equal(between("2026-12-03T22:00:00Z", "2026-12-04T15:00:00Z"), 120)
  assert.equal(between("2026-12-03T22:59:30Z", "2026-12-03T23:30:00Z"), 0.5)
  assert.equal(between("2026-12-04T23:00:00Z", "2026-12-07T14:00:00Z"), 0)
  assert.equal(between("2026-12-04T15:00:00Z", "2026-12-04T15:00:00Z"), 0)
  assert.equal(between("2026-12-04T16:00:00Z", "2026-12-04T15:00:00Z"), 0)
})

const time = (minutes: number) => new Date(minutes * 60_000).toISOString().slice(11, 16)
const someCalendar = fc
  .record({
    timezone: fc.constantFrom("America/Bogota", "Europe/Madrid", "Australia/Lord_Howe", "America/Havana"),
    intervals: fc.array(
      fc
        .record({
          day: fc.integer({ min: 0, max: 6 }),
          from: fc.nat(1_439),
          length: fc.integer({ min: 1, max: 1_439 }),
        })
        .map(({ day, from, length }) => ({ day, from: time(from), to: time((from + length) % 1_440) })),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ timezone, intervals }) => calendar(timezone, intervals))
const someInstant = fc.integer({ min: 0, max: 365 * 1_440 * 60 }).map((s) => new Date(Date.UTC(2026, 0) + s * 1_000))
const someMinutes = fc.integer({ min: 1, max: 600_000 }).map((tenths) => tenths / 10)

test("what was worked until the due time is what was asked for, and time is added piece by piece", () => {
  fc.assert(
    fc.property(someCalendar, someInstant, someMinutes, someMinutes, (rules, from, first, second) => {
      const due = addWorkingMinutes(rules, from, first)
      if (due === null) return
      assert.equal(Math.round(workingMinutesBetween(rules, from, due) * 60_000), Math.round(first * 60_000))
      const both = addWorkingMinutes(rules, from, (Math.round(first * 60_000) + Math.round(second * 60_000)) / 60_000)
      assert.deepEqual(addWorkingMinutes(rules, due, second), both)
    }),
    { numRuns: 60 },
  )
})

test("a holiday more makes nothing due earlier", () => {
  fc.assert(
    fc.property(
      someCalendar,
      someInstant,
      fc.nat(30),
      fc.integer({ min: 0, max: 20_000 }),
      (rules, from, days, minutes) => {
        const holiday = new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10)
        const before = addWorkingMinutes(rules, from, minutes)?.getTime() ?? Infinity
        const after =
          addWorkingMinutes({ ...rules, holidays: new Set([holiday]) }, from, minutes)?.getTime() ?? Infinity
        assert.ok(after >= before)
      },
    ),
    { numRuns: 60 },
  )
})

function everyDay(): string[] {
  return Array.from({ length: 366 }, (_, n) => new Date(Date.UTC(2028, 0, 1 + n)).toISOString().slice(5, 10))
}
