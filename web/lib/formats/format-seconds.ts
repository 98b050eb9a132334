// Times to the second: what is counted down, and what happens within a minute.
import { dayOf, formatDuration, formatFullTime, type TimeContext, zoned } from "./format-time.ts"
import { dateFormat } from "./intl-formats.ts"

/** What is left, second by second: "6:59", "0:07"; of hours and days no seconds. */
export function formatCountdown(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  if (seconds >= 3_600) return formatDuration(seconds / 60, locale)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

/** "14:05:07" */
export const formatSecond = (iso: string, place: TimeContext) =>
  dateFormat(place.locale, {
    ...zoned(place),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(Date.parse(iso))

/** To the second where it is of the same day as `reference` (ms), else with its day. */
export const formatSecondOrDay = (iso: string, reference: number, place: TimeContext) =>
  dayOf(Date.parse(iso), place) === dayOf(reference, place) ? formatSecond(iso, place) : formatFullTime(iso, place)
