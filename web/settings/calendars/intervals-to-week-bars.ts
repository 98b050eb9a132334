// The week as bars: of each day what is open on it, what several intervals cover once, and what goes on from the day before.
import type { Interval } from "./calendar-queries.ts"

/** Minutes of one day. */
export interface Bar {
  from: number
  to: number
}

const dayMinutes = 1_440

/** Seven days, Sunday first. Times that are not whole yet count for nothing. */
export function weekBars(intervals: Interval[]): Bar[][] {
  const parts = intervals.flatMap(({ day, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)]
    if (end > start) return [{ day, from: start, to: end }]
    if (!(end < start)) return []
    return [
      { day, from: start, to: dayMinutes },
      { day: (day + 1) % 7, from: 0, to: end },
    ]
  })
  return Array.from({ length: 7 }, (_, day) => united(parts.filter((part) => part.day === day && part.to > part.from)))
}

export const weeklyHours = (intervals: Interval[]): number =>
  weekBars(intervals)
    .flat()
    .reduce((sum, { from, to }) => sum + to - from, 0) / 60

/** Minutes of a day as its clock shows them: "09:30". */
export const formatMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

function united(bars: Bar[]): Bar[] {
  const whole: Bar[] = []
  for (const { from, to } of bars.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":")
  return time === "" ? Number.NaN : Number(hours) * 60 + Number(minutes)
}
