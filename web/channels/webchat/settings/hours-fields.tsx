import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { CalendarChoice } from "../../../settings/calendars/calendar-choice.tsx"
import { SelectField, TextAreaField } from "../../../ui/form-fields.tsx"
import type { ChatFields } from "./chat-form-values.ts"

/** When somebody is there, and what visitors meet when nobody is. */
export function HoursFields({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <CalendarChoice
        label={t("connections.calendar")}
        hint={t("webChat.calendarHint")}
        none={t("connections.noCalendar")}
        error={fieldError("calendarId")}
        value={form.calendar}
        onChange={({ target }) => change({ calendar: target.value })}
      />
      {form.calendar !== "" && (
        <>
          <SelectField
            label={t("webChat.outOfHours")}
            hint={t(`webChat.outOfHoursHint.${form.outOfHours === "form" ? "form" : "write"}`)}
            error={fieldError("settings.outOfHours")}
            value={form.outOfHours}
            onChange={({ target }) => change({ outOfHours: target.value })}
          >
            <option value="write">{t("webChat.outOfHours.write")}</option>
            <option value="form">{t("webChat.outOfHours.form")}</option>
          </SelectField>
          <TextAreaField
            label={t("connections.outOfHours")}
            hint={t("connections.outOfHoursHint")}
            aside={t("field.optional")}
            maxLength={2000}
            rows={2}
            error={fieldError("outOfHoursText")}
            value={form.outOfHoursText}
            onChange={({ target }) => change({ outOfHoursText: target.value })}
          />
        </>
      )}
    </>
  )
}
