// The clocks of calendars, as they are now.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { addWorkingMinutes, workingCalendars, workingMinutesBetween } from "#calendars/index.ts"
import { alwaysOpen, type Clock } from "./working-time-clock.ts"

const minuteMs = 60_000
type Calendar = Parameters<typeof addWorkingMinutes>[0]

/** Whose calendar is gone, or who has none, is always open. */
export type ClockOf = (calendarId: string | null) => Clock

export async function clocksOf(from: Kysely<DB>, calendarIds: readonly (string | null)[]): Promise<ClockOf> {
  const calendars = await workingCalendars(
    from,
    calendarIds.filter((id) => id !== null),
  )
  const clocks = new Map([...calendars].map(([id, calendar]) => [id, clockOn(calendar)]))
  return (calendarId) => clocks.get(calendarId ?? "") ?? alwaysOpen
}

const clockOn = (calendar: Calendar): Clock => ({
  after: (start, ms) => addWorkingMinutes(calendar, start, ms / minuteMs),
  between: (start, until) => Math.round(workingMinutesBetween(calendar, start, until) * minuteMs),
})
