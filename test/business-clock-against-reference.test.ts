// The business clock agrees with a walk by minutes on random calendars around the days on which clocks are changed.
import assert from "node:assert/strict"
import { test } from "node:test"
import { addWorkingMinutes, workingMinutesBetween } from "#calendars/index.ts"
import { isOpenAt, nextShiftStart } from "#calendars/business-clock.ts"
import { clockChanges, randomCalendars } from "./random-calendars.ts"
import { chanceOf } from "./seeded-random.ts"
import { seed } from "./random-seed.ts"
import { countMinutes, isOpenAt as isOpenByMinute, walkMinutes } from "./reference-business-clock.ts"

const minute = 60_000
const day = 1_440 * minute
const chance = chanceOf(seed)
const { pick } = chance
const { upTo, someCalendar } = randomCalendars(chance)

test("due times and minutes agree with a walk by minutes", () => {
  for (let n = 0; n < 6_000; n++) {
    const [timezone, change] = pick(clockChanges)
    const around = Date.parse(change)
    const calendar = someCalendar(timezone, around)
    const from = around + (upTo(2 * 1_440) - 1_440) * minute
    const minutes = pick([0, 1, upTo(60), upTo(600), upTo(1_440)])
    const limit = around + 3 * day
    const due = addWorkingMinutes(calendar, new Date(from), minutes)?.getTime() ?? Infinity
    const expected = walkMinutes(calendar, from, minutes, limit)
    const what = () =>
      JSON.stringify({ seed, n, ...calendar, holidays: [...calendar.holidays], from: new Date(from), minutes })
    if (expected === null) assert.ok(due > limit, what())
    else assert.equal(new Date(due).toISOString(), new Date(expected).toISOString(), what())
    const until = from + upTo(1_440) * minute
    const worked = workingMinutesBetween(calendar, new Date(from), new Date(until))
    assert.equal(worked, countMinutes(calendar, from, until), `${what()} until ${new Date(until).toISOString()}`)
  }
})

test("a calendar is open when a walk by minutes says so, and no shift starts before the one that is named", () => {
  for (let n = 0; n < 1_000; n++) {
    const [timezone, change] = pick(clockChanges)
    const around = Date.parse(change)
    const calendar = someCalendar(timezone, around)
    const from = around + (upTo(2 * 1_440) - 1_440) * minute
    const what = JSON.stringify({ seed, n, ...calendar, holidays: [...calendar.holidays], from: new Date(from) })
    assert.equal(isOpenAt(calendar, new Date(from)), isOpenByMinute(calendar, from), what)
    const next = nextShiftStart(calendar, new Date(from)).getTime()
    assert.ok(next > from && isOpenByMinute(calendar, next), what)
    for (let at = from + minute; at < Math.min(next, from + day); at += minute)
      assert.ok(
        !isOpenByMinute(calendar, at) || isOpenByMinute(calendar, at - minute),
        `${what} ${new Date(at).toISOString()}`,
      )
  }
})
