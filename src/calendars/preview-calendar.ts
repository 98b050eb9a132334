import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { invalidField } from "#kernel/errors.ts"
import { checkRules } from "./validate-calendar-rules.ts"
import { addWorkingMinutes, nextOpening } from "./business-clock.ts"
import type { CalendarPreview, PreviewFields } from "./api-contract.ts"
import { nextHolidays } from "./next-holidays.ts"
import { type CalendarOfYears, refuseUnknownYear, toWorkingCalendar } from "./build-working-calendar.ts"

const shownHolidays = 8

/** What a calendar would say of a ticket that arrives now, before it is saved. */
export async function previewCalendar(
  from: Kysely<DB>,
  { minutes, ...given }: PreviewFields,
  now: Date,
): Promise<CalendarPreview> {
  const { rules, publicHolidays } = await checkRules(from, given, now)
  const calendar = toWorkingCalendar(rules, publicHolidays)
  const opensAt = nextOpening(calendar, now)!
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(rules.timezone).toPlainDate()
  return {
    opensAt,
    isOpen: opensAt.getTime() === now.getTime(),
    dueAt: dueAt(calendar, now, minutes),
    nextHolidays: nextHolidays(rules.holidays, publicHolidays, today.toString(), shownHolidays),
  }
}

/** Refuses what is due more than 50 years away, or in a year whose holidays are not known. */
export function dueAt(calendar: CalendarOfYears, start: Date, minutes: number): Date {
  refuseUnknownYear(calendar, "start", start)
  const due = addWorkingMinutes(calendar, start, minutes)
  if (due === null) throw invalidField("minutes", "would be due more than 50 years away")
  refuseUnknownYear(calendar, "minutes", due)
  return due
}
