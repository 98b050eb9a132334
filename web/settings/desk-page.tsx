import { languages } from "#texts/languages-and-text-ids.ts"
import { countriesByName } from "../lib/formats/country-names-and-guessed-country.ts"
import { useTexts } from "../lib/language.tsx"
import { CheckboxField, InputField, SelectField } from "../ui/form-fields.tsx"
import { DeskSettingsPageLayout, type SettingsFields } from "./desk-settings-page-layout.tsx"

export function DeskPage() {
  const { t } = useTexts()
  return (
    <DeskSettingsPageLayout title={t("settings.desk")} intro={t("desk.intro")}>
      {(fields) => <DeskFields {...fields} />}
    </DeskSettingsPageLayout>
  )
}

function DeskFields({ form, change }: SettingsFields) {
  const { t } = useTexts()
  return (
    <>
      <NameAndPlace form={form} change={change} />
      <SelectField
        label={t("desk.visibility")}
        hint={t("desk.visibilityHint")}
        value={form["contacts.visibility"]}
        onChange={({ target }) => change({ "contacts.visibility": target.value === "all" ? "all" : "scoped" })}
      >
        <option value="scoped">{t("desk.visibility.scoped")}</option>
        <option value="all">{t("desk.visibility.all")}</option>
      </SelectField>
      <InputField
        label={t("desk.reopenDays")}
        hint={t("desk.reopenDaysHint")}
        type="number"
        min={0}
        max={3650}
        required
        value={Number.isNaN(form["support.reopenDays"]) ? "" : form["support.reopenDays"]}
        onChange={({ target }) => change({ "support.reopenDays": target.valueAsNumber })}
      />
      <CheckboxField
        label={t("desk.firstSteps")}
        hint={t("desk.firstStepsHint")}
        checked={!form["desk.setupDismissed"]}
        onChange={({ target }) => change({ "desk.setupDismissed": !target.checked })}
      />
      <CheckboxField
        label={t("desk.mailCustomers")}
        hint={t("desk.mailCustomersHint")}
        checked={form["support.mailCustomers"]}
        onChange={({ target }) => change({ "support.mailCustomers": target.checked })}
      />
    </>
  )
}

function NameAndPlace({ form, change }: SettingsFields) {
  const { t, language } = useTexts()
  const zones = [...new Set([form.timezone, ...Intl.supportedValuesOf("timeZone")])]
  return (
    <>
      <InputField
        label={t("desk.name")}
        maxLength={100}
        value={form["desk.name"]}
        onChange={({ target }) => change({ "desk.name": target.value })}
      />
      <SelectField
        label={t("setup.country")}
        hint={t("setup.countryHint")}
        value={form["desk.country"] ?? ""}
        onChange={({ target }) => change({ "desk.country": target.value || null })}
      >
        <option value="">{t("desk.noCountry")}</option>
        {countriesByName(language).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("language.label")}
        hint={t("desk.languageHint")}
        value={form.language}
        onChange={({ target }) => change({ language: target.value })}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {t(`language.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("profile.timezone")}
        value={form.timezone}
        onChange={({ target }) => change({ timezone: target.value })}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
    </>
  )
}
