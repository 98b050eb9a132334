// How a week is drawn: a row for each day, Monday first, over a scale of hours.
import { locales } from "#texts/languages-and-text-ids.ts"
import { dateFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import type { Bar } from "./intervals-to-week-bars.ts"

export const mondayFirst = [1, 2, 3, 4, 5, 6, 0]
const sunday = Date.UTC(2026, 10, 29)

export function useWeekdayName(): (day: number) => string {
  const { language } = useTexts()
  const weekday = dateFormat(locales[language], { weekday: "long", timeZone: "UTC" })
  return (day) => weekday.format(sunday + day * 86_400_000)
}

export const dayGrid = "grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 md:grid-cols-[88px_minmax(0,1fr)_auto]"
const hours = [0, 6, 12, 18, 24]

/** What the bars are measured by. The hours below each say it in words. */
export function HourScale() {
  return (
    <div aria-hidden className={dayGrid}>
      <span className="max-md:hidden" />
      <p className="flex justify-between text-xs text-faint tabular-nums max-md:col-span-2">
        {hours.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </p>
      <span className="w-8 max-md:hidden" />
    </div>
  )
}

const percent = (minutes: number) => `${minutes / 14.4}%`

export function DayBars({ bars }: { bars: Bar[] }) {
  return (
    <div aria-hidden className="relative mt-2 h-3 overflow-hidden rounded bg-hover">
      {bars.map(({ from, to }) => (
        <span
          key={from}
          className="absolute inset-y-0 bg-accent"
          style={{ left: percent(from), width: percent(to - from) }}
        />
      ))}
      {hours.slice(1, -1).map((hour) => (
        <span key={hour} className="absolute inset-y-0 w-px bg-surface" style={{ left: percent(hour * 60) }} />
      ))}
    </div>
  )
}
