import { useNavigate } from "@tanstack/react-router"
import { useState, type FormEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { InputField, SelectField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { useEntityMutations } from "../entity-queries.ts"
import { CalendarPreview } from "./due-time-and-holidays-preview.tsx"
import type { CalendarDraft, DraftFields } from "./calendar-queries.ts"
import { HolidayEditor } from "./holiday-editor.tsx"
import { WeekEditor } from "./week-editor.tsx"

export function CalendarForm({ id, stored }: { id: string | undefined; stored: CalendarDraft }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { save } = useEntityMutations("calendars")
  const errorOf = useFieldError(save.error)
  const [draft, setDraft] = useState(() => draftOf(stored))
  const change = (more: Partial<CalendarDraft>) => setDraft({ ...draft, ...more })
  const leave = () => void navigate({ to: "/settings/calendars" })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ id, body: draft }, { onSuccess: leave })
  }
  const fields = { draft, change, errorOf }
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_240px]">
      <form onSubmit={submit} className="grid content-start gap-6">
        <NameAndZone {...fields} />
        <WeekEditor {...fields} />
        <HolidayEditor {...fields} />
        <ProblemLine error={save.error} about={t("settings.saveFailed")} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={save.isPending}>
            {id === undefined ? t("action.create") : t("action.save")}
          </Button>
          <Button onClick={leave}>{t("action.cancel")}</Button>
        </div>
      </form>
      <CalendarPreview draft={draft} />
    </div>
  )
}

const draftOf = ({ name, timezone, intervals, holidays, holidayCountry, holidayRegion }: CalendarDraft) => ({
  name,
  timezone,
  intervals,
  holidays,
  holidayCountry,
  holidayRegion,
})

function NameAndZone({ draft, change, errorOf }: DraftFields) {
  const { t } = useTexts()
  const zones = [...new Set([draft.timezone, ...Intl.supportedValuesOf("timeZone")])]
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <InputField
        label={t("field.name")}
        required
        maxLength={100}
        value={draft.name}
        error={errorOf("name")}
        onChange={({ target }) => change({ name: target.value })}
      />
      <SelectField
        label={t("profile.timezone")}
        value={draft.timezone}
        error={errorOf("timezone")}
        onChange={({ target }) => change({ timezone: target.value })}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
    </div>
  )
}
