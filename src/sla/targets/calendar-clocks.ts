// The clocks of calendars, as they are now.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { boundedMemo } from "#kernel/bounded-memo.ts"
import {
  addWorkingMinutes,
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
    after: (start, ms) => addWorkingMinutes(calendar, start, ms / minuteMs),
    between: (start, until) => Math.round(workingMinutesBetween(calendar, start, until) * minuteMs),
    hours: (at) => hours(String(at.getTime())),
  }
}
