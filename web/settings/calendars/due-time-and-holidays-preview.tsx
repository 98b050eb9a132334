import { useState } from "react"
import { useInstantIn } from "../../lib/formats/instant-in-zone-text.ts"
import { dateFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { InputField } from "../../ui/form-fields.tsx"
import { type CalendarDraft, useCalendarPreview } from "./calendar-queries.ts"

/** What the calendar means for a ticket that arrives now, while it is still being written. */
export function CalendarPreview({ draft }: { draft: CalendarDraft }) {
  const { t } = useTexts()
  const [hours, setHours] = useState(8)
  const { data } = useCalendarPreview(draft, hours * 60)
  const say = useInstantIn(draft.timezone)
  return (
    <section
      aria-label={t("calendars.preview")}
      className="grid content-start gap-4 self-start rounded border border-line p-4 lg:sticky lg:top-0"
    >
      <h3 className="font-strong">{t("calendars.preview")}</h3>
      <InputField
        label={t("calendars.target")}
        type="number"
        min={0.25}
        step={0.25}
        max={8_760}
        value={Number.isNaN(hours) ? "" : hours}
        onChange={({ target }) => setHours(target.valueAsNumber)}
      />
      <p role="status" className="min-h-10">
        {data ? t("calendars.due", { when: say(data.dueAt) }) : t("calendars.noPreview")}
      </p>
      {data && (
        <p className="text-sm text-muted">
          {data.isOpen ? t("calendars.openNow") : t("calendars.opens", { when: say(data.opensAt) })}{" "}
          {t("calendars.inZone", { zone: draft.timezone })}
        </p>
      )}
      {data && <NextHolidays holidays={data.nextHolidays} />}
    </section>
  )
}

function NextHolidays({ holidays }: { holidays: { date: string; name: string }[] }) {
  const { t } = useTexts()
  const { place } = useTimeFormat()
  const day = dateFormat(place.locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    weekday: "short",
    timeZone: "UTC",
  })
  return (
    <div>
      <h3 className="mb-1 font-strong">{t("calendars.next")}</h3>
      {holidays.length === 0 && <p className="text-sm text-muted">{t("calendars.noHolidays")}</p>}
      <ul className="grid gap-2">
        {holidays.map(({ date, name }) => (
          <li key={date}>
            <span className="block text-sm text-muted tabular-nums">{day.format(Date.parse(date))}</span>
            <span dir="auto" className="break-words">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
