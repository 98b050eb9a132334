import { languages } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../lib/language.tsx"
import { CheckboxField, InputField, SelectField } from "../ui/form-fields.tsx"
import { DeskSettingsPageLayout, type SettingsFields } from "./desk-settings-page-layout.tsx"

export function ClosingAndSurveyPage() {
  const { t } = useTexts()
  return (
    <DeskSettingsPageLayout title={t("settings.closing-and-survey")} intro={t("closingAndSurvey.intro")}>
      {(fields) => <ClosingFields {...fields} />}
    </DeskSettingsPageLayout>
  )
}

function ClosingFields({ form, change }: SettingsFields) {
  const { t } = useTexts()
  const days = form["support.autoCloseDays"]
  return (
    <>
      <InputField
        label={t("closingAndSurvey.days")}
        hint={t("closingAndSurvey.daysHint")}
        type="number"
        min={0}
        max={3650}
        required
        value={Number.isNaN(days) ? "" : days}
        onChange={({ target }) => change({ "support.autoCloseDays": target.valueAsNumber })}
      />
      <CheckboxField
        label={t("closingAndSurvey.isOn")}
        hint={t("closingAndSurvey.isOnHint")}
        checked={form["support.survey"]}
        onChange={({ target }) => change({ "support.survey": target.checked })}
      />
      <SelectField
        label={t("closingAndSurvey.style")}
        value={form["survey.style"]}
        onChange={({ target }) => change({ "survey.style": target.value === "smileys" ? "smileys" : "stars" })}
      >
        <option value="stars">{t("closingAndSurvey.style.stars")}</option>
        <option value="smileys">{t("closingAndSurvey.style.smileys")}</option>
      </SelectField>
      <Questions {...{ form, change }} />
    </>
  )
}

function Questions({ form, change }: SettingsFields) {
  const { t } = useTexts()
  const questions = form["survey.question"]
  return languages.map((language) => (
    <InputField
      key={language}
      label={t(`closingAndSurvey.question.${language}`)}
      hint={t(`closingAndSurvey.questionHint.${language}`)}
      lang={language}
      maxLength={300}
      value={questions[language]}
      onChange={({ target }) => change({ "survey.question": { ...questions, [language]: target.value } })}
    />
  ))
}
