import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Ellipsis, Plus } from "lucide-react"
import { useState } from "react"
import { countryName } from "../../lib/formats/country-names-and-guessed-country.ts"
import { numberFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { DropForm } from "../entity-list-page.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import { EntityRows, SettingsPageLayout } from "../settings-page-layout.tsx"
import type { Calendar } from "./calendar-queries.ts"
import { weeklyHours } from "./intervals-to-week-bars.ts"

const path = "calendars"

export function CalendarsPage() {
  const { t } = useTexts()
  const query = useQuery(entitiesQuery<Calendar>(path))
  const [doomed, setDoomed] = useState<Calendar>()
  return (
    <SettingsPageLayout
      title={t("settings.calendars")}
      intro={t("calendars.intro")}
      action={
        <Button asChild look="primary">
          <Link to="/settings/calendars/$id" params={{ id: "new" }}>
            <Plus aria-hidden />
            {t("calendars.new")}
          </Link>
        </Button>
      }
    >
      <EntityRows query={query} empty={{ title: t("calendars.empty"), text: t("calendars.emptyText") }}>
        {(calendar) => <Row calendar={calendar} onDelete={() => setDoomed(calendar)} />}
      </EntityRows>
      {doomed && <DropForm path={path} id={doomed.id} name={doomed.name} onClose={() => setDoomed(undefined)} />}
    </SettingsPageLayout>
  )
}

function Row({ calendar, onDelete }: { calendar: Calendar; onDelete: () => void }) {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const { id, name, timezone, intervals, holidayCountry } = calendar
  const hours = numberFormat(language, { maximumFractionDigits: 1 }).format(weeklyHours(intervals))
  const open = { to: "/settings/calendars/$id", params: { id } } as const
  return (
    <>
      <div className="min-w-0 grow basis-44">
        <Link {...open} dir="auto" className="font-strong break-words underline-offset-2 hover:underline">
          {name}
        </Link>
        <p className="text-sm break-words text-muted">
          {[
            t("calendars.weekly", { hours }),
            timezone,
            ...(holidayCountry ? [t("calendars.holidaysOf", { country: countryName(holidayCountry, language) })] : []),
          ].join(" · ")}
        </p>
      </div>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${name}`}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => void navigate(open)}>{t("action.edit")}</MenuItem>
        <MenuItem danger onSelect={onDelete}>
          {t("action.delete")}
        </MenuItem>
      </Menu>
    </>
  )
}
