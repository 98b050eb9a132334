import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { existingCalendar } from "./calendar-store.ts"
import type { Calendar } from "./contract.ts"
import { type Place, storedHolidays } from "./holiday-store.ts"
import type { NamedHoliday } from "./next-holidays.ts"
import type { WorkingCalendar } from "./open-ranges.ts"

export type CalendarRules = Pick<Calendar, "timezone" | "intervals" | "holidays" | "holidayCountry" | "holidayRegion">

/** The calendar as the business clock reads it. */
export async function workingCalendar(from: Kysely<DB>, id: string): Promise<WorkingCalendar> {
  const rules = await existingCalendar(from, id)
  const place = placeOf(rules)
  return toWorkingCalendar(rules, place ? await storedHolidays(from, place) : [])
}

export function toWorkingCalendar(rules: CalendarRules, publicHolidays: NamedHoliday[]): WorkingCalendar {
  const own = rules.holidays.map(({ date, yearly }) => (yearly ? date.slice(5) : date))
  const { timezone, intervals } = rules
  return { timezone, intervals, holidays: new Set([...own, ...publicHolidays.map(({ date }) => date)]) }
}

export function placeOf({ holidayCountry, holidayRegion }: CalendarRules): Place | null {
  return holidayCountry === null ? null : { country: holidayCountry, region: holidayRegion }
}
