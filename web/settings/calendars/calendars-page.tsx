import { countryName } from "../../lib/formats/country-names-and-guessed-country.ts"
import { numberFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { EntityListWithPages } from "../entity-list-with-pages.tsx"
import type { Calendar } from "./calendar-queries.ts"
import { weeklyHours } from "./intervals-to-week-bars.ts"

export function CalendarsPage() {
  const { t } = useTexts()
  return (
    <EntityListWithPages<Calendar>
      path="calendars"
      page="/settings/calendars/$id"
      title={t("settings.calendars")}
      intro={t("calendars.intro")}
      newText={t("calendars.new")}
      empty={t("calendars.empty")}
      Summary={Summary}
    />
  )
}

function Summary({ item: { timezone, intervals, holidayCountry } }: { item: Calendar }) {
  const { t, language } = useTexts()
  const hours = numberFormat(language, { maximumFractionDigits: 1 }).format(weeklyHours(intervals))
  const holidays = holidayCountry && t("calendars.holidaysOf", { country: countryName(holidayCountry, language) })
  return [t("calendars.weekly", { hours }), timezone, holidays].filter(Boolean).join(" · ")
}
