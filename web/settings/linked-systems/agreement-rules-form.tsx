import { useTexts } from "../../lib/language.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { CheckboxField, InputField, SelectField } from "../../ui/form-fields.tsx"
import { DeskSettingsForm, type SettingsFields } from "../desk-settings-page-layout.tsx"

/** What Hilo does where two linked systems do not agree. */
export function AgreementRulesForm() {
  const { t } = useTexts()
  return (
    <section aria-label={t("linkedSystems.rules")} className="mt-8">
      <h3 className="text-lg font-strong">{t("linkedSystems.rules")}</h3>
      <p className="mb-4 text-muted">{t("linkedSystems.rulesText")}</p>
      <DeskSettingsForm>{(fields) => <Rules {...fields} />}</DeskSettingsForm>
    </section>
  )
}

function Rules({ form, change }: SettingsFields) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  const minutes = form.TICKET_REOPEN_WINDOW_MINUTES
  return (
    <>
      <InputField
        label={t("linkedSystems.window")}
        aside={t("linkedSystems.windowUnit")}
        hint={t("linkedSystems.windowHint")}
        type="number"
        min={0}
        max={10_080}
        required
        value={Number.isNaN(minutes) ? "" : minutes}
        onChange={({ target }) => change({ TICKET_REOPEN_WINDOW_MINUTES: target.valueAsNumber })}
      />
      <InputField
        label={t("linkedSystems.motive")}
        aside={t("field.optional")}
        hint={t("linkedSystems.motiveHint")}
        maxLength={200}
        value={form.WEBHOOK_MOTIVO_PERMITIDO}
        onChange={({ target }) => change({ WEBHOOK_MOTIVO_PERMITIDO: target.value })}
      />
      <SelectField
        label={t("linkedSystems.team")}
        hint={t("linkedSystems.teamHint")}
        value={form["agreements.teamId"] ?? ""}
        onChange={({ target }) => change({ "agreements.teamId": target.value || null })}
      >
        <option value="">{t("linkedSystems.defaultTeam")}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <CheckboxField
        label={t("linkedSystems.shadow")}
        hint={t("linkedSystems.shadowHint")}
        checked={form["agreements.shadow"]}
        onChange={({ target }) => change({ "agreements.shadow": target.checked })}
      />
    </>
  )
}
