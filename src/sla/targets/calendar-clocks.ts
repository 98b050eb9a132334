// The clocks of calendars, as they are now.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { boundedMemo } from "#kernel/bounded-memo.ts"
import {
  addWorkingMinutes,
  horizonOf,
  nextHours,
  type NextHours,
  workingCalendars,
  workingMinutesBetween,
} from "#calendars/index.ts"
import { alwaysOpen, type Clock } from "./working-time-clock.ts"

const minuteMs = 60_000
type Calendar = Parameters<typeof addWorkingMinutes>[0]

/** `hours`: when it stands and runs again; a clock that never stands has none. */
export type CalendarClock = Clock & { hours: (at: Date) => NextHours }

/** Whose calendar is gone, or who has none, is always open. */
export type ClockOf = (calendarId: string | null) => CalendarClock

const withoutCalendar: CalendarClock = { ...alwaysOpen, hours: () => ({ closesAt: null, opensAt: null }) }

export async function clocksOf(from: Kysely<DB>, calendarIds: readonly (string | null)[]): Promise<ClockOf> {
  const calendars = await workingCalendars(
    from,
    calendarIds.filter((id) => id !== null),
  )
  const clocks = new Map([...calendars].map(([id, calendar]) => [id, clockOn(calendar)]))
  return (calendarId) => clocks.get(calendarId ?? "") ?? withoutCalendar
}

function clockOn(calendar: Calendar): CalendarClock {
  // A page of tickets is read at one instant.
  const hours = boundedMemo(1, (at) => nextHours(calendar, new Date(Number(at))))
  return {
    after: afterOn(calendar),
    between: (start, until) => Math.round(workingMinutesBetween(calendar, start, until) * minuteMs),
    hours: (at) => hours(String(at.getTime())),
  }
}

/**
 * The instants of one run are asked for one after the other, the next later than the last: it goes on from there. Not for the same
 * once more: 0 minutes after closing time is the next opening.
 */
function afterOn(calendar: Calendar): Clock["after"] {
  let last: { start: number; ms: number; at: Date } | null = null
  return (start, ms) => {
    const from = last?.start === start.getTime() && ms - last.ms >= 1 ? last : { at: start, ms: 0 }
    const at = addWorkingMinutes(calendar, from.at, (ms - from.ms) / minuteMs)
    if (at === null || at > horizonOf(start)) return null
    last = { start: start.getTime(), ms, at }
    return at
  }
}
