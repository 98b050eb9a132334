import { z } from "zod"
import { instant, oneLine, timezone } from "#kernel/http/input-fields.ts"

const time = (pattern: RegExp) => z.string().regex(pattern, "must be a time such as 09:00")
const interval = z
  .strictObject({
    /** 0 = Sunday: the weekday on which it begins. */
    day: z.int("must be a weekday, 0 (Sunday) to 6").min(0).max(6),
    from: time(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** Before `from`: on the next day. 24:00 is the end of the day. */
    to: time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  })
  .refine(({ from, to }) => from !== to, {
    path: ["to"],
    message: "must differ from `from`; a whole day is 00:00 to 24:00",
  })
const holiday = z.strictObject({
  date: z.iso
    .date("must be a day that exists, such as 2026-12-25")
    .refine((date) => date >= "1970", "must be a day after 1970"),
  name: oneLine(100, 1),
  /** On this day of every year. */
  yearly: z.boolean().optional(),
})

const rules = {
  timezone,
  intervals: z.array(interval).min(1, "must have an interval, or nothing is ever due").max(100),
  holidays: z.array(holiday).max(500).optional(),
  holidayCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be the two letters of a country, such as CO")
    .nullable()
    .optional(),
  holidayRegion: z
    .string()
    .regex(/^[A-Z0-9-]{1,20}$/i, "must be a region's code, such as MD")
    .nullable()
    .optional(),
}
export const newCalendarBody = z.strictObject({ name: oneLine(100, 1), ...rules })
export const changeCalendarBody = newCalendarBody.partial()
export type CalendarFields = z.output<typeof newCalendarBody>
export type RuleFields = Omit<CalendarFields, "name">
export type CalendarChanges = z.output<typeof changeCalendarBody>

const minutes = z.number("must be a number of minutes").gt(0, "must be more than 0").max(1e9, "must be at most 1e9")
/** A calendar that is not saved yet. */
export const previewBody = z.strictObject({ ...rules, minutes })
export type PreviewFields = z.output<typeof previewBody>

export const calendar = z
  .object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    intervals: z.array(z.object({ day: z.number(), from: z.string(), to: z.string() })),
    holidays: z.array(z.object({ date: z.string(), name: z.string(), yearly: z.boolean() })),
    holidayCountry: z.string().nullable(),
    holidayRegion: z.string().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "Calendar" })
export type Calendar = z.infer<typeof calendar>

/** `dueAt`: of a ticket that arrives now. `opensAt`: now, while it is open. */
export const previewAnswer = z.object({
  opensAt: z.date(),
  isOpen: z.boolean(),
  dueAt: z.date(),
  nextHolidays: z.array(z.object({ date: z.string(), name: z.string() })),
})
export type CalendarPreview = z.infer<typeof previewAnswer>

export const dueBody = z.strictObject({ start: instant, minutes })
export const dueAnswer = z.object({ dueAt: z.date() })
export const minutesBody = z.strictObject({ start: instant, end: instant })
export const minutesAnswer = z.object({ minutes: z.number() })

const holidayCountry = z.object({
  code: z.string(),
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
})
export type HolidayCountry = z.infer<typeof holidayCountry>
export const countriesAnswer = z.object({ items: z.array(holidayCountry) })
