// The business clock: how long people worked, and when they will have. Interval arithmetic, never a step by minutes.
import { openRanges, type WorkingCalendar } from "./open-ranges.ts"

const minute = 60_000
const monthMs = 31 * 24 * 60 * minute
const horizonYears = 50
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** How far the clock looks ahead: 50 years, and no further than dates can be written. */
export function horizonOf(from: Date): Date {
  const at = new Date(from)
  at.setUTCFullYear(at.getUTCFullYear() + horizonYears)
  return new Date(Math.min(at.getTime(), lastInstant))
}

/**
 * The first instant at which so many working minutes have passed since `from`: at closing time, not at the next opening. Of 0
 * minutes the next open instant, which may be `from` itself. Null beyond the horizon.
 */
export function addWorkingMinutes(calendar: WorkingCalendar, from: Date, minutes: number): Date | null {
  if (!(minutes >= 0)) throw new RangeError(`${minutes} are no minutes to add`)
  let left = Math.round(minutes * minute)
  for (const range of openRanges(calendar, { from: from.getTime(), until: horizonOf(from).getTime() })) {
    const length = range.until - range.from
    if (left <= length) return new Date(range.from + left)
    left -= length
  }
  return null
}

/** Working minutes from `from` until `to`, with what is left of one as its fraction; none when `to` is not later. */
export function workingMinutesBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  let worked = 0
  for (const range of openRanges(calendar, { from: from.getTime(), until: to.getTime() }))
    worked += range.until - range.from
  return worked / minute
}

export function isOpenAt(calendar: WorkingCalendar, at: Date): boolean {
  const ranges = openRanges(calendar, { from: at.getTime(), until: at.getTime() + 1 })
  return ranges.next().done === false
}

/** The first instant after `after` at which a shift starts, or goes on over a change of the clocks; the horizon when none does. */
export function nextShiftStart(calendar: WorkingCalendar, after: Date): Date {
  const until = horizonOf(after).getTime()
  for (const { from } of openRanges(calendar, { from: after.getTime(), until }))
    if (from > after.getTime()) return new Date(from)
  return new Date(until)
}

/** Within the next month. */
export type NextHours = { closesAt: Date | null; opensAt: Date | null }

/** Until when it is open, null while it is closed, and when it opens after that. */
export function nextHours(calendar: WorkingCalendar, at: Date): NextHours {
  const now = at.getTime()
  let openUntil = now
  for (const { from, until } of openRanges(calendar, { from: now, until: now + monthMs })) {
    if (from > openUntil) return { closesAt: openUntil > now ? new Date(openUntil) : null, opensAt: new Date(from) }
    openUntil = until
  }
  return { closesAt: openUntil > now ? new Date(openUntil) : null, opensAt: null }
}

/** The first open instant, `from` itself included; null when there is none before the horizon. */
export const nextOpening = (calendar: WorkingCalendar, from: Date): Date | null => addWorkingMinutes(calendar, from, 0)
