import { Plus, X } from "lucide-react"
import { useId } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { useFieldProblem } from "../../ui/use-field-problem.ts"
import type { DraftFields, Interval } from "./calendar-queries.ts"
import { DayBars, dayGrid, HourScale, mondayFirst, useWeekdayName } from "./day-bars-and-hour-scale.tsx"
import { weekBars } from "./intervals-to-week-bars.ts"

/** The week drawn as bars, and the hours that make them. */
export function WeekEditor({ draft: { intervals }, change, errorOf }: DraftFields) {
  const { t } = useTexts()
  const weekday = useWeekdayName()
  const bars = weekBars(intervals)
  const set = (at: number, interval: Interval) =>
    change({ intervals: intervals.map((one, n) => (n === at ? interval : one)) })
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-strong">{t("calendars.week")}</legend>
      {errorOf("intervals") && (
        <p role="alert" className="text-xs text-red">
          {errorOf("intervals")}
        </p>
      )}
      <HourScale />
      {mondayFirst.map((day) => {
        const name = weekday(day)
        return (
          <div key={day} className={classNames(dayGrid, "items-start border-b border-line py-2")}>
            <p className="py-1 first-letter:uppercase">{name}</p>
            <div className="grid gap-2 max-md:col-span-2 max-md:row-start-2">
              <DayBars bars={bars[day]!} />
              {bars[day]!.length === 0 && <p className="text-sm text-faint">{t("calendars.closed")}</p>}
              {intervals.map(
                (interval, at) =>
                  interval.day === day && (
                    <IntervalRow
                      key={at}
                      day={name}
                      interval={interval}
                      error={errorOf(`intervals.${at}.to`) ?? errorOf(`intervals.${at}.from`)}
                      onChange={(next) => set(at, next)}
                      onRemove={() => change({ intervals: intervals.filter((_, n) => n !== at) })}
                    />
                  ),
              )}
            </div>
            <Button
              size="icon"
              look="quiet"
              aria-label={t("calendars.addTo", { day: name })}
              onClick={() => change({ intervals: [...intervals, { day, from: "09:00", to: "18:00" }] })}
            >
              <Plus />
            </Button>
          </div>
        )
      })}
    </fieldset>
  )
}

interface RowProps {
  day: string
  interval: Interval
  error: string | undefined
  onChange: (interval: Interval) => void
  onRemove: () => void
}

/** A field of the browser knows no 24:00: midnight as an end is the end of the day. */
function IntervalRow({ day, interval, error, onChange, onRemove }: RowProps) {
  const { t } = useTexts()
  const { from, to } = interval
  const isOvernight = to !== "" && to < from
  const [fromId, toId] = [useId(), useId()]
  const [start, end] = [useFieldProblem(fromId, undefined), useFieldProblem(toId, error)]
  const wrong = start.problem ?? (from === to ? t("calendars.sameTime") : end.problem)
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <TimeInput
          {...start.handlers}
          id={fromId}
          label={t("calendars.from", { day })}
          value={from}
          isWrong={start.problem !== undefined}
          onChange={(value) => onChange({ ...interval, from: value })}
        />
        <span aria-hidden>–</span>
        <TimeInput
          {...end.handlers}
          id={toId}
          label={t("calendars.to", { day })}
          value={to === "24:00" ? "00:00" : to}
          isWrong={wrong !== undefined && start.problem === undefined}
          onChange={(value) => onChange({ ...interval, to: value === "00:00" ? "24:00" : value })}
        />
        <Button look="quiet" size="icon" aria-label={t("calendars.remove", { day, from, to })} onClick={onRemove}>
          <X />
        </Button>
        {isOvernight && <span className="text-xs text-faint">{t("calendars.nextDay")}</span>}
      </div>
      {wrong && (
        <p role="alert" className="text-xs text-red">
          {wrong}
        </p>
      )}
    </div>
  )
}

type TimeProps = ReturnType<typeof useFieldProblem>["handlers"] & {
  id: string
  label: string
  value: string
  isWrong: boolean
  onChange: (value: string) => void
}

function TimeInput({ label, value, isWrong, onChange, ...field }: TimeProps) {
  return (
    <input
      {...field}
      type="time"
      required
      aria-label={label}
      aria-invalid={isWrong || undefined}
      className="h-9 rounded border border-edge bg-raised px-2 text-base text-ink tabular-nums aria-invalid:border-red max-md:h-11"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
