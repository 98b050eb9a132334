import { useQuery } from "@tanstack/react-query"
import { Plus, X } from "lucide-react"
import { countryName } from "../../lib/formats/country-names-and-guessed-country.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { CheckboxField, InputField, SelectField } from "../../ui/form-fields.tsx"
import { type DraftFields, type Holiday, holidayCountriesQuery } from "./calendar-queries.ts"

/** Holidays of a country and its region, and those that somebody wrote down. */
export function HolidayEditor(fields: DraftFields) {
  const { t } = useTexts()
  const { draft, change, errorOf } = fields
  const { holidays } = draft
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 text-sm font-strong">{t("calendars.holidays")}</legend>
      <CountryAndRegion {...fields} />
      {errorOf("holidays") && (
        <p role="alert" className="text-xs text-red">
          {errorOf("holidays")}
        </p>
      )}
      {holidays.map((holiday, at) => (
        <HolidayRow
          key={at}
          n={at + 1}
          holiday={holiday}
          errorOf={(field) => errorOf(`holidays.${at}.${field}`)}
          onChange={(next) => change({ holidays: holidays.map((one, n) => (n === at ? next : one)) })}
          onRemove={() => change({ holidays: holidays.filter((_, n) => n !== at) })}
        />
      ))}
      <Button
        className="justify-self-start"
        onClick={() => change({ holidays: [...holidays, { date: "", name: "", yearly: false }] })}
      >
        <Plus aria-hidden />
        {t("calendars.addHoliday")}
      </Button>
    </fieldset>
  )
}

interface RowProps {
  n: number
  holiday: Holiday
  errorOf: (field: keyof Holiday) => string | undefined
  onChange: (holiday: Holiday) => void
  onRemove: () => void
}

function HolidayRow({ n, holiday, errorOf, onChange, onRemove }: RowProps) {
  const { t } = useTexts()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 border-b border-line pb-3">
      <div className="grid gap-2 sm:grid-cols-2">
        <InputField
          label={t("calendars.date")}
          type="date"
          required
          value={holiday.date}
          error={errorOf("date")}
          onChange={({ target }) => onChange({ ...holiday, date: target.value })}
        />
        <InputField
          label={t("calendars.holidayName")}
          required
          maxLength={100}
          value={holiday.name}
          error={errorOf("name")}
          onChange={({ target }) => onChange({ ...holiday, name: target.value })}
        />
        <CheckboxField
          label={t("calendars.yearly")}
          checked={holiday.yearly}
          onChange={({ target }) => onChange({ ...holiday, yearly: target.checked })}
        />
      </div>
      <Button
        look="quiet"
        size="icon"
        className="mt-6"
        aria-label={t("calendars.removeHoliday", { n })}
        onClick={onRemove}
      >
        <X />
      </Button>
    </div>
  )
}

function CountryAndRegion({ draft, change, errorOf }: DraftFields) {
  const { t, language } = useTexts()
  const countries = useQuery(holidayCountriesQuery).data?.items ?? []
  const { holidayCountry, holidayRegion } = draft
  const regions = countries.find(({ code }) => code === holidayCountry)?.regions ?? []
  const named = [...new Set([...(holidayCountry ? [holidayCountry] : []), ...countries.map(({ code }) => code)])]
    .map((code) => ({ code, name: countryName(code, language) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language))
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <SelectField
        label={t("calendars.country")}
        value={holidayCountry ?? ""}
        error={errorOf("holidayCountry")}
        onChange={({ target }) => change({ holidayCountry: target.value || null, holidayRegion: null })}
      >
        <option value="">{t("calendars.noCountry")}</option>
        {named.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {(regions.length > 0 || holidayRegion) && (
        <SelectField
          label={t("calendars.region")}
          value={holidayRegion ?? ""}
          error={errorOf("holidayRegion")}
          onChange={({ target }) => change({ holidayRegion: target.value || null })}
        >
          <option value="">{t("calendars.wholeCountry")}</option>
          {regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  )
}
