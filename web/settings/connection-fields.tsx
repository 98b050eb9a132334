import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { Choice, Field, TextField } from "../ui/field.tsx"
import type { Form } from "./connection-form.tsx"
import { usePeople } from "./people.ts"

interface Props {
  form: Form
  bind: (name: keyof Form) => { value: string; onChange: (event: { target: { value: string } }) => void }
  error: unknown
}

/** What every connection has, and what only its kind has. */
export function ConnectionFields({ form, bind, error }: Props) {
  const { t } = useTexts()
  const { teams } = usePeople()
  const fieldError = useFieldError(error)
  return (
    <>
      <Reopening {...{ form, bind, error }} />
      <Choice label={t("connections.team")} hint={t("connections.teamHint")} {...bind("team")}>
        <option value="">{t("ticket.noTeam")}</option>
        {teams.map((team) => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </Choice>
      <Sentences {...{ form, bind, error }} />
      {form.kind === "api" && (
        <Field
          label={t("connections.replyUrl")}
          aside={t("field.optional")}
          hint={t("connections.replyUrlHint")}
          type="url"
          error={fieldError("settings.replyUrl")}
          {...bind("replyUrl")}
        />
      )}
    </>
  )
}

function Reopening({ bind, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <Field
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
      <Choice label={t("connections.from")} {...bind("from")}>
        <option value="activity">{t("connections.from.activity")}</option>
        <option value="closure">{t("connections.from.closure")}</option>
      </Choice>
    </div>
  )
}

function Sentences({ form, bind, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      {form.kind === "webchat" && (
        <TextField
          label={t("connections.greeting")}
          aside={t("field.optional")}
          hint={t("connections.greetingHint")}
          maxLength={2000}
          rows={2}
          error={fieldError("greeting")}
          {...bind("greeting")}
        />
      )}
      <TextField
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
