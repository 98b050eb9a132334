// The business clock agrees with a walk by minutes on random calendars around the days on which clocks are changed, and with what
// others found: the cases of other desks' test suites, where they lie beside this repository.
import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { addWorkingMinutes, workingMinutesBetween } from "#calendars/index.ts"
import { isOpenAt, nextShiftStart } from "#calendars/business-clock.ts"
import { workedMs } from "#sla/targets/working-time-clock.ts"
import { clockChanges, randomCalendars } from "./random-calendars.ts"
import { chanceOf } from "./seeded-random.ts"
import { seed } from "./fast-check-seed.ts"
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

// Of the tree itself, or of a worktree in a folder beside it.
const vectors = ["../shared", "../../shared"]
  .map((folder) => join(import.meta.dirname, "..", folder, "vectors/sla"))
  .find((folder) => existsSync(folder))

type Vector = {
  id: string
  timezone: string
  schedule: Record<string, [from: string, to: string][]>
  holidays: string[]
} & (
  | { start: string; minutes: number; due: string }
  | { between: [from: string, to: string]; business_minutes: number }
  | { at: string; open: boolean }
  | {
      state_history: [state: string, minute: number][]
      paused_states: string[]
      work_minutes_between: Record<string, number>
    }
)

const readVectors = (folder: string): Vector[] =>
  ["hand_vectors.json", "random_vectors.json"].flatMap(
    (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { vectors: Vector[] }).vectors,
  )

test(
  "due times, minutes, pauses and open instants are those of other desks' published cases",
  { skip: vectors === undefined && "vectors/sla is not there" },
  () => {
    const all = readVectors(vectors!)
    assert.equal(all.length, 333)
    for (const vector of all) agreesWith(vector)
  },
)

const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

function agreesWith(vector: Vector) {
  const { id, timezone, schedule, holidays } = vector
  const intervals = Object.entries(schedule).flatMap(([day, shifts]) =>
    shifts.map(([from, to]) => ({ day: dayNames.indexOf(day), from, to })),
  )
  const calendar = { timezone, intervals, holidays: new Set(holidays) }
  const at = (text: string) => new Date(text)
  if ("due" in vector)
    assert.deepEqual(addWorkingMinutes(calendar, at(vector.start), vector.minutes), at(vector.due), id)
  else if ("between" in vector) {
    const [from, to] = vector.between
    assert.equal(workingMinutesBetween(calendar, at(from), at(to)), vector.business_minutes, id)
  } else if ("at" in vector) assert.equal(isOpenAt(calendar, at(vector.at)), vector.open, id)
  else {
    const worked = workedOf(vector, (from, until) => workingMinutesBetween(calendar, from, until) * minute)
    for (const [span, minutes] of Object.entries(vector.work_minutes_between)) {
      const [from, until] = span.split("..").map(Number)
      assert.equal(worked(until!) - worked(from!), minutes, `${id} ${span}`)
    }
  }
}

/** Minutes worked until a minute of the ticket's story, which ends with its last state. */
function workedOf(
  { state_history: story, paused_states: paused }: Extract<Vector, { state_history: unknown }>,
  between: (from: Date, until: Date) => number,
) {
  const at = (minutes: number) => new Date(minutes * minute)
  const pauses = story.flatMap(([state, from], nth) =>
    paused.includes(state) ? [{ from: at(from), until: at(story[nth + 1]![1]) }] : [],
  )
  const clock = { between, after: () => null }
  const [first, last] = [story[0]![1], story.at(-1)![1]]
  return (until: number) =>
    workedMs(clock, { startedAt: at(first), pauses, pausedAt: null }, at(Math.min(until, last))) / minute
}
