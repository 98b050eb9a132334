import { useQueryClient } from "@tanstack/react-query"
import { useSyncExternalStore } from "react"
import { locales } from "#texts/languages-and-text-ids.ts"
import { lastTick, subscribeToClock } from "./shared-clock.ts"
import { useTexts } from "./language.tsx"
import {
  formatClock,
  formatDay,
  formatDuration,
  formatFullTime,
  formatHours,
  formatShortTime,
  type TimeContext,
} from "./formats/format-time.ts"

/** Times said in the viewer's language and zone; ticks so that "5 min" stays true. */
export function useTimeFormat() {
  const { t, language } = useTexts()
  const now = useSyncExternalStore(subscribeToClock, lastTick)
  const me = useQueryClient().getQueryData<{ timezone?: string }>(["me"])
  const place: TimeContext = { now, locale: locales[language], timezone: me?.timezone }
  const words = { now: t("time.now"), yesterday: t("time.yesterday"), today: t("time.today") }
  const fromOneMinute = (format: typeof formatDuration) => (minutes: number) =>
    Math.round(minutes) < 1 ? t("time.underMinute") : format(minutes, place.locale)
  return {
    place,
    short: (iso: string) => formatShortTime(iso, place, words),
    full: (iso: string) => formatFullTime(iso, place),
    clock: (iso: string) => formatClock(iso, place),
    day: (iso: string) => formatDay(iso, place, words),
    duration: fromOneMinute(formatDuration),
    hours: fromOneMinute(formatHours),
  }
}
