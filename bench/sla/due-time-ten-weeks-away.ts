// How long the business clock takes for a due time ten working weeks away, on many random calendars, in this process.
import { addWorkingMinutes, workingMinutesBetween } from "#calendars/index.ts"
import { type LoadFigures, figuresOf } from "../closed-loop-load.ts"

const zones = ["America/Bogota", "Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "UTC"]
const week = 7 * 86_400_000
const weeks = 10
const upTo = (most: number) => Math.floor(Math.random() * (most + 1))
const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`

/** Milliseconds. */
export function benchDueTimes(calendars: number): LoadFigures {
  const [latencies, began]: [number[], number] = [[], performance.now()]
  for (let n = 0; n < calendars; n++) {
    const calendar = { timezone: zones[n % zones.length]!, intervals: someWeek(), holidays: someHolidays() }
    const from = new Date(Date.UTC(2026, 0, 1) + upTo(365 * 86_400_000))
    const everyWeek = workingMinutesBetween({ ...calendar, holidays: new Set() }, from, new Date(from.getTime() + week))
    const at = performance.now()
    addWorkingMinutes(calendar, from, weeks * everyWeek)
    latencies.push(performance.now() - at)
  }
  return figuresOf(latencies, (performance.now() - began) / 1_000)
}

/** Five to seven days of one or two shifts, some of which end on the next day. */
function someWeek() {
  return Array.from({ length: 5 + upTo(2) }, (_, n) => (n + 1) % 7).flatMap((day) =>
    Array.from({ length: 1 + upTo(1) }, (_, shift) => {
      const from = upTo(11) + shift * 12
      return { day, from: clock(from), to: clock((from + 3 + upTo(6)) % 24) }
    }),
  )
}

/** Of this year by their date, and of every year. */
const someHolidays = () =>
  new Set(
    Array.from({ length: upTo(20) }, (_, n) =>
      new Date(Date.UTC(2026, 0, 1 + upTo(500))).toISOString().slice(n % 2 === 0 ? 0 : 5, 10),
    ),
  )
