// Random calendars, and the days around which they are tried: those on which clocks are changed.
import type { Chance } from "./seeded-random.ts"
import type { SlowCalendar } from "./reference-business-clock.ts"

// Changes of an hour, of half an hour and of two, at night, at midnight and by a whole day; and zones that know none.
export const clockChanges: [timezone: string, at: string][] = [
  ["America/New_York", "2026-03-08T07:00Z"],
  ["America/New_York", "2026-11-01T06:00Z"],
  ["Europe/Madrid", "2026-03-29T01:00Z"],
  ["Europe/Madrid", "2026-10-25T01:00Z"],
  ["America/Santiago", "2026-04-05T03:00Z"],
  ["America/Santiago", "2026-09-06T04:00Z"],
  ["America/Havana", "2026-03-08T05:00Z"],
  ["America/Havana", "2026-11-01T05:00Z"],
  ["Africa/Cairo", "2026-04-23T22:00Z"],
  ["Africa/Cairo", "2026-10-29T21:00Z"],
  ["Africa/Casablanca", "2026-03-22T02:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30Z"],
  ["Antarctica/Troll", "2026-03-29T01:00Z"],
  ["Antarctica/Troll", "2026-10-25T01:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00Z"],
  ["America/Bogota", "2026-11-29T00:00Z"],
  ["Asia/Kathmandu", "2026-12-31T18:15Z"],
]
const day = 1_440 * 60_000
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

export function randomCalendars({ next, pick }: Chance) {
  const upTo = (most: number) => Math.floor(next() * (most + 1))

  /** Full hours and any minute, small hours most of all: there clocks are changed. */
  const someTime = () => pick([upTo(23) * 60, upTo(5) * 60, upTo(1_439), upTo(300)])

  function someInterval() {
    const from = someTime()
    const to = pick([someTime(), (from + 1 + upTo(600)) % 1_440, 1_440])
    return { day: upTo(6), from: clock(from), to: clock(to === from ? from + 1 : to) }
  }

  /** Its holidays lie within three days of that instant. */
  function someCalendar(timezone: string, around: number): SlowCalendar {
    const intervals = Array.from({ length: 1 + upTo(7) }, someInterval)
    const date = () => new Date(around + (upTo(6) - 3) * day).toISOString().slice(pick([0, 5]), 10)
    return { timezone, intervals, holidays: new Set(Array.from({ length: upTo(3) }, date)) }
  }

  return { upTo, someCalendar }
}
