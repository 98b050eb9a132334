import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { Interval } from "./calendar-queries.ts"
import { DayBars, dayGrid, HourScale, mondayFirst, useWeekdayName } from "./day-bars-and-hour-scale.tsx"
import { formatMinutes, weekBars } from "./intervals-to-week-bars.ts"

/** The week drawn as bars and said in words, to be read. */
export function WeekHours({ intervals }: { intervals: Interval[] }) {
  const { t } = useTexts()
  const weekday = useWeekdayName()
  const bars = weekBars(intervals)
  return (
    <div>
      <HourScale />
      <ul>
        {mondayFirst.map((day) => (
          <li key={day} className={classNames(dayGrid, "items-start border-b border-line py-2")}>
            <p className="first-letter:uppercase">{weekday(day)}</p>
            <div className="max-md:col-span-2 max-md:row-start-2">
              <DayBars bars={bars[day]!} />
              <p className="text-sm text-muted tabular-nums">
                {bars[day]!.length === 0
                  ? t("calendars.closed")
                  : bars[day]!.map(({ from, to }) => `${formatMinutes(from)}–${formatMinutes(to)}`).join(", ")}
              </p>
            </div>
            <span className="w-8 max-md:hidden" />
          </li>
        ))}
      </ul>
    </div>
  )
}
