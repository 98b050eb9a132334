import { useQuery } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { languages } from "#texts/contract.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { CheckboxField, InputField, SelectField } from "../ui/form-fields.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { type DeskSettings, deskSettingsQuery, useSaveSettings } from "./desk-settings.ts"
import { SettingsPageLayout } from "./settings-page-layout.tsx"

const names = ["support.autoCloseDays", "support.survey", "survey.style", "survey.question"] as const
type ClosingSettings = Pick<DeskSettings, (typeof names)[number]>

export function ClosingAndSurveyPage() {
  const { t } = useTexts()
  const stored = useQuery(deskSettingsQuery)
  return (
    <SettingsPageLayout title={t("settings.closing-and-survey")} intro={t("closingAndSurvey.intro")}>
      {stored.data && <ClosingForm stored={stored.data} />}
      {!stored.data && (
        <NotLoaded query={stored}>
          <Skeleton className="h-64 max-w-[420px]" />
        </NotLoaded>
      )}
    </SettingsPageLayout>
  )
}

function ClosingForm({ stored }: { stored: ClosingSettings }) {
  const { t } = useTexts()
  const save = useSaveSettings()
  const [changes, setChanges] = useState<Partial<ClosingSettings>>({})
  const form = { ...stored, ...changes }
  const change = (more: Partial<ClosingSettings>) => setChanges({ ...changes, ...more })
  const isSame = (name: string, value: unknown) =>
    JSON.stringify(stored[name as keyof ClosingSettings]) === JSON.stringify(value)
  const differing = Object.entries(changes).filter(([name, value]) => !isSame(name, value))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(Object.fromEntries(differing), { onSuccess: () => setChanges({}) })
  }
  const days = form["support.autoCloseDays"]
  return (
    <form onSubmit={submit} className="grid max-w-[420px] gap-4">
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
      <ProblemLine error={save.error} />
      <div>
        <Button type="submit" look="primary" disabled={save.isPending || differing.length === 0}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  )
}

interface Fields {
  form: ClosingSettings
  change: (more: Partial<ClosingSettings>) => void
}

function Questions({ form, change }: Fields) {
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
