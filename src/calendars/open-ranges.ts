// When a calendar is open, as ranges of instants. Shifts are laid out on the wall clock, where a day always has 24 hours, and
// each period between two changes of the clocks shows its part of that wall: a skipped hour is in none, a repeated one in two.
import { offsetPeriods } from "./utc-offset-periods.ts"

/** A shift begins on a weekday (0 = Sunday); with `to` before `from` it ends on the next day. */
export type WeeklyInterval = { day: number; from: string; to: string }

export type WorkingCalendar = {
  timezone: string
  intervals: readonly WeeklyInterval[]
  /** Local dates on which no shift starts: "2026-12-25" once, "12-25" every year. */
  holidays: ReadonlySet<string>
}

/** Milliseconds; open at `from` and no more at `until`. */
export type OpenRange = { from: number; until: number }

const minute = 60_000
const day = 1_440 * minute

/** Shifts by weekday, and the days on which none starts: since 1970, and of every year as month and day (1225). */
type Rules = { week: OpenRange[][]; holidays: ReadonlySet<number>; yearly: ReadonlySet<number> }

// Hundreds of thousands of deadlines are counted in one calendar.
const rulesByCalendar = new WeakMap<WorkingCalendar, Rules>()

/** Open ranges within the given one, in order; none overlaps another, some touch. */
export function* openRanges(calendar: WorkingCalendar, within: OpenRange): Generator<OpenRange> {
  const rules = rulesOf(calendar)
  for (const { from, until, offset } of offsetPeriods(calendar.timezone, within.from)) {
    if (from >= within.until) return
    const wall = { from: from + offset, until: Math.min(until, within.until) + offset }
    for (const shift of shiftsOnWall(rules, wall)) yield { from: shift.from - offset, until: shift.until - offset }
  }
}

function rulesOf(calendar: WorkingCalendar): Rules {
  const known = rulesByCalendar.get(calendar)
  if (known) return known
  const dates = [...calendar.holidays]
  const rules = {
    week: shiftsOfWeek(calendar.intervals),
    holidays: new Set(dates.filter((date) => date.length > 5).map((date) => Date.parse(date) / day)),
    yearly: new Set(dates.filter((date) => date.length === 5).map((date) => Number(date.replace("-", "")))),
  }
  rulesByCalendar.set(calendar, rules)
  return rules
}

/** Of each weekday its shifts, first come first, in milliseconds since its midnight. */
function shiftsOfWeek(intervals: readonly WeeklyInterval[]): OpenRange[][] {
  const week: OpenRange[][] = Array.from({ length: 7 }, () => [])
  for (const interval of intervals) {
    const [from, to] = [minutesOf(interval.from), minutesOf(interval.to)]
    week[interval.day]!.push({ from: from * minute, until: (to > from ? to : to + 1_440) * minute })
  }
  return week.map((shifts) => shifts.toSorted((a, b) => a.from - b.from))
}

function minutesOf(time: string): number {
  const [hours = "", minutes = ""] = time.split(":")
  return Number(hours) * 60 + Number(minutes)
}

/** What of the shifts lies within the wall; what several cover comes once. */
function* shiftsOnWall({ week, holidays, yearly }: Rules, wall: OpenRange): Generator<OpenRange> {
  let covered = wall.from
  // A shift of the day before may still go on.
  for (let midnight = Math.floor(wall.from / day) * day - day; midnight < wall.until; midnight += day) {
    const date = new Date(midnight)
    if (holidays.has(midnight / day) || yearly.has((date.getUTCMonth() + 1) * 100 + date.getUTCDate())) continue
    for (const shift of week[date.getUTCDay()]!) {
      const from = Math.max(midnight + shift.from, covered)
      const until = Math.min(midnight + shift.until, wall.until)
      if (until <= from) continue
      yield { from, until }
      covered = until
    }
  }
}
