// Times in words. Pure: the clock, the language and the zone are arguments.
import { dateFormat, numberFormat } from "./intl-formats.ts"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export interface TimeZone {
  timezone?: string | undefined
}

export interface TimeContext extends TimeZone {
  now: number
  locale: string
}

export const zoned = (place: TimeZone) => (place.timezone ? { timeZone: place.timezone } : {})

/** The date there, such as 2026-11-30. */
export const dayOf = (at: number, place: TimeZone) =>
  dateFormat("en-CA", { ...zoned(place), dateStyle: "short" }).format(at)

// A number and its unit are never torn apart at the end of a line.
const amount = (value: number, unit: string, locale: string) =>
  numberFormat(locale, { style: "unit", unit, unitDisplay: unit === "day" ? "long" : "short" })
    .format(value)
    .replaceAll(" ", "\u00a0")

/** How long, in its largest fitting unit and the next one: "41 min", "2 h", "1 h 30 min", "3 days". */
export function formatDuration(minutes: number, locale: string): string {
  const whole = Math.max(0, Math.round(minutes))
  return whole >= 2880 ? amount(Math.round(whole / 1440), "day", locale) : formatHours(whole, locale)
}

/** How long in hours, however many: of working time, whose days have no 24. */
export function formatHours(minutes: number, locale: string): string {
  const whole = Math.max(0, Math.round(minutes))
  if (whole < 60) return amount(whole, "minute", locale)
  const rest = whole % 60
  const hours = amount(Math.floor(whole / 60), "hour", locale)
  return rest === 0 ? hours : `${hours} ${amount(rest, "minute", locale)}`
}

/** When, as short as a list row can bear: "now", "5 min", "14:05" (today), "yesterday", "12 Mar", "12 Mar 2025". */
export function formatShortTime(iso: string, place: TimeContext, words: { now: string; yesterday: string }): string {
  const at = Date.parse(iso)
  const age = place.now - at
  if (age < minute) return words.now
  if (age < hour) return amount(Math.floor(age / minute), "minute", place.locale)
  if (dayOf(at, place) === dayOf(place.now, place)) return formatClock(iso, place)
  if (dayOf(at, place) === dayOf(place.now - day, place)) return words.yesterday
  const sameYear = dayOf(at, place).slice(0, 4) === dayOf(place.now, place).slice(0, 4)
  return dateFormat(place.locale, {
    ...zoned(place),
    day: "numeric",
    month: "short",
    ...(!sameYear && { year: "numeric" }),
  }).format(at)
}

/** When, of what comes soon, as short as a list row can bear: "14:05" (today), "Mon 14:05", from the sixth day on "12 Mar". */
export function formatNearTime(iso: string, place: TimeContext): string {
  const at = Date.parse(iso)
  if (dayOf(at, place) === dayOf(place.now, place)) return formatClock(iso, place)
  if (at - place.now < 6 * day) return `${formatWeekday(iso, place, "short")} ${formatClock(iso, place)}`
  return dateFormat(place.locale, { ...zoned(place), day: "numeric", month: "short" }).format(at)
}

export const formatWeekday = (iso: string, place: TimeContext, length: "long" | "short") =>
  dateFormat(place.locale, { ...zoned(place), weekday: length }).format(Date.parse(iso))

export const formatClock = (iso: string, place: TimeContext) =>
  dateFormat(place.locale, {
    ...zoned(place),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(iso))

export const formatFullTime = (iso: string, place: TimeContext) =>
  dateFormat(place.locale, {
    ...zoned(place),
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  }).format(Date.parse(iso))

/** The heading of a day in a thread: "Today", "yesterday", "Monday, 12 March". */
export function formatDay(iso: string, place: TimeContext, words: { today: string; yesterday: string }): string {
  const at = Date.parse(iso)
  if (isSameDay(iso, new Date(place.now).toISOString(), place)) return words.today
  if (dayOf(at, place) === dayOf(place.now - day, place)) return words.yesterday
  const sameYear = dayOf(at, place).slice(0, 4) === dayOf(place.now, place).slice(0, 4)
  return dateFormat(place.locale, {
    ...zoned(place),
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(!sameYear && { year: "numeric" }),
  }).format(at)
}

export const isSameDay = (one: string, other: string, place: TimeZone) =>
  dayOf(Date.parse(one), place) === dayOf(Date.parse(other), place)
