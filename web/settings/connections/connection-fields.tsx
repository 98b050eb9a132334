import { setupOf } from "../../channels/connection-setup-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { SelectField, InputField, TextAreaField } from "../../ui/form-fields.tsx"
import { CalendarChoice } from "../calendars/calendar-choice.tsx"
import type { ConnectionFormValues, FieldBinding } from "./connection-form-values.ts"
import { SurveyFields } from "./survey-fields.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"

interface Props {
  /** Of one that is there already. */
  connectionId?: string | undefined
  form: ConnectionFormValues
  bind: FieldBinding
  error: unknown
}

/** What every connection has, and what only its kind has. */
export function ConnectionFields({ connectionId, form, bind, error }: Props) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  const { Fields } = setupOf(form.kind)
  return (
    <>
      <Reopening {...{ form, bind, error }} />
      <SelectField label={t("connections.team")} hint={t("connections.teamHint")} {...bind("team")}>
        <option value="">{t("ticket.noTeam")}</option>
        {teams.map((team) => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </SelectField>
      <Sentences {...{ form, bind, error }} />
      <OpeningHours {...{ form, bind, error }} />
      <SurveyFields {...{ connectionId, form, bind }} />
      {Fields && <Fields {...{ bind, error }} />}
    </>
  )
}

function Reopening({ bind, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <InputField
        label={t("connections.window")}
        aside={t("connections.windowUnit")}
        hint={t("connections.windowHint")}
        type="number"
        min={0}
        max={525_600}
        required
        error={fieldError("reopenWindowMinutes")}
        {...bind("window")}
      />
      <SelectField label={t("connections.from")} {...bind("from")}>
        <option value="activity">{t("connections.from.activity")}</option>
        <option value="closure">{t("connections.from.closure")}</option>
      </SelectField>
    </div>
  )
}

function Sentences({ form, bind, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      {setupOf(form.kind).hasGreeting && (
        <TextAreaField
          label={t("connections.greeting")}
          aside={t("field.optional")}
          hint={t("connections.greetingHint")}
          maxLength={2000}
          rows={2}
          error={fieldError("greeting")}
          {...bind("greeting")}
        />
      )}
      <TextAreaField
        label={t("connections.farewell")}
        aside={t("field.optional")}
        hint={t("connections.farewellHint")}
        maxLength={2000}
        rows={2}
        error={fieldError("farewellText")}
        {...bind("farewell")}
      />
    </>
  )
}

function OpeningHours({ form, bind, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <CalendarChoice
        label={t("connections.calendar")}
        hint={t("connections.calendarHint")}
        none={t("connections.noCalendar")}
        error={fieldError("calendarId")}
        {...bind("calendar")}
      />
      {(form.calendar || form.outOfHours) && (
        <TextAreaField
          label={t("connections.outOfHours")}
          aside={t("field.optional")}
          hint={t("connections.outOfHoursHint")}
          maxLength={2000}
          rows={2}
          error={fieldError("outOfHoursText")}
          {...bind("outOfHours")}
        />
      )}
    </>
  )
}
