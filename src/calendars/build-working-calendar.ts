import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { existingCalendar } from "./calendar-store.ts"
import type { Calendar } from "./api-contract.ts"
import { type Place, storedHolidays } from "./public-holiday-store.ts"
import type { NamedHoliday } from "./next-holidays.ts"
import { invalidField } from "#kernel/errors.ts"
import type { OpenRange, WorkingCalendar } from "./open-ranges.ts"

export type CalendarRules = Pick<Calendar, "timezone" | "intervals" | "holidays" | "holidayCountry" | "holidayRegion">

/** `known`: the years whose public holidays it has; null when it has none to know. */
export type CalendarOfYears = WorkingCalendar & { known: OpenRange | null }

/** The calendar as the business clock reads it. */
export async function workingCalendar(from: Kysely<DB>, id: string): Promise<CalendarOfYears> {
  const rules = await existingCalendar(from, id)
  const place = placeOf(rules)
  return toWorkingCalendar(rules, place ? await storedHolidays(from, place) : [])
}

export function toWorkingCalendar(rules: CalendarRules, publicHolidays: NamedHoliday[]): CalendarOfYears {
  const own = rules.holidays.map(({ date, yearly }) => (yearly ? date.slice(5) : date))
  const { timezone, intervals } = rules
  const holidays = new Set([...own, ...publicHolidays.map(({ date }) => date)])
  return { timezone, intervals, holidays, known: yearsOf(publicHolidays) }
}

/** From the first to the last year of holidays that go by date. */
function yearsOf(publicHolidays: NamedHoliday[]): OpenRange | null {
  const [first, last] = [publicHolidays[0], publicHolidays.at(-1)]
  if (!first || !last) return null
  return { from: Date.UTC(Number(first.date.slice(0, 4)), 0), until: Date.UTC(Number(last.date.slice(0, 4)) + 1, 0) }
}

/** Refuses, by its field, an instant of which nobody knows whether it is a public holiday. */
export function refuseUnknownYear({ known }: CalendarOfYears, field: string, at: Date): void {
  if (known === null || (at.getTime() >= known.from && at.getTime() < known.until)) return
  const [first, last] = [known.from, known.until - 1].map((ms) => new Date(ms).getUTCFullYear())
  throw invalidField(field, `must lie within ${first} to ${last}, whose public holidays are known`)
}

export function placeOf({ holidayCountry, holidayRegion }: CalendarRules): Place | null {
  return holidayCountry === null ? null : { country: holidayCountry, region: holidayRegion }
}
