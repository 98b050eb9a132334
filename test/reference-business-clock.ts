// The slow reference of the business clock: it asks of every single minute whether people work in it. Written apart from
// src/calendars and sharing nothing with it, not even how the wall clock is read.
type Interval = { day: number; from: string; to: string }
export type SlowCalendar = { timezone: string; intervals: Interval[]; holidays: ReadonlySet<string> }

const minute = 60_000
const quarter = 15 * minute
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

/** The instant at which so many whole minutes were worked, or null when that is later than `limit`. */
export function walkMinutes(calendar: SlowCalendar, from: number, minutes: number, limit: number): number | null {
  let worked = 0
  for (let now = from; now <= limit; now += minute) {
    if (minutes > 0 && worked === minutes) return now
    const isWorking = isOpenAt(calendar, now)
    if (minutes === 0 && isWorking) return now
    if (isWorking) worked++
  }
  return null
}

export function countMinutes(calendar: SlowCalendar, from: number, to: number): number {
  let worked = 0
  for (let now = from; now < to; now += minute) if (isOpenAt(calendar, now)) worked++
  return worked
}

/** At an instant of a whole minute. */
export function isOpenAt({ timezone, intervals, holidays }: SlowCalendar, at: number): boolean {
  const wall = wallClock(timezone, at)
  const isHoliday = (date: string) => holidays.has(date) || holidays.has(date.slice(5))
  return intervals.some(({ day, from, to }) => {
    const isOvernight = to < from
    const began = day === wall.weekday && from <= wall.time && (isOvernight || wall.time < to)
    if (began && !isHoliday(wall.date)) return true
    const goesOn = isOvernight && day === (wall.weekday + 6) % 7 && wall.time < to
    return goesOn && !isHoliday(wall.yesterday)
  })
}

type Wall = { date: string; yesterday: string; weekday: number; times: string[] }
const readings = new Map<string, Map<number, Wall>>()

/** Clocks are changed at full quarters of an hour only, so that one reading tells of its fifteen minutes. */
function wallClock(timezone: string, at: number) {
  const start = Math.floor(at / quarter) * quarter
  const known = readings.get(timezone) ?? new Map<number, Wall>()
  const wall = known.get(start) ?? readClock(timezone, start)
  readings.set(timezone, known.set(start, wall))
  return { date: wall.date, yesterday: wall.yesterday, weekday: wall.weekday, time: wall.times[(at - start) / minute]! }
}

function readClock(timezone: string, start: number): Wall {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(start)
      .map(({ type, value }) => [type, value]),
  )
  const date = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`
  const first = Number(parts.get("minute"))
  const times = Array.from({ length: 15 }, (_, n) => `${parts.get("hour")}:${String(first + n).padStart(2, "0")}`)
  const yesterday = new Date(Date.parse(date) - 1_440 * minute).toISOString().slice(0, 10)
  return { date, yesterday, weekday: weekdays.indexOf(parts.get("weekday")!), times }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const
  const options = { timeZone, hourCycle: "h23", weekday: "short", year: "numeric", ...twoDigits } as const
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", options)
  formats.set(timeZone, format)
  return format
}
