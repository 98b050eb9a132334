import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { guessCountry } from "../../lib/formats/country-names-and-guessed-country.ts"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { BackLink } from "../../ui/back-link.tsx"
import { ErrorState, LoadingState, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { CalendarForm } from "./calendar-form.tsx"
import { calendarQuery, type CalendarDraft } from "./calendar-queries.ts"

/** One calendar, or a new one. */
export function CalendarPage() {
  const { id = "new" } = useParams({ strict: false })
  const { t } = useTexts()
  const isNew = id === "new"
  const blank = useBlankCalendar()
  const query = useQuery({ ...calendarQuery(id), enabled: !isNew })
  const stored = isNew ? blank : query.data
  return (
    <>
      <BackLink to="/settings/calendars">{t("settings.calendars")}</BackLink>
      <h2 dir="auto" className="mb-5 text-xl font-strong break-words">
        {isNew ? t("calendars.new") : (stored?.name ?? " ")}
      </h2>
      {stored && <CalendarForm key={id} id={isNew ? undefined : id} stored={stored} />}
      {!stored && query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {!stored && query.isPending && (
        <LoadingState>
          <Skeleton className="h-96" />
        </LoadingState>
      )}
    </>
  )
}

/** Nine to six on working days, where the one who makes it is. */
function useBlankCalendar(): CalendarDraft {
  const { timezone } = useMe()
  const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }))
  const holidayCountry = guessCountry(timezone, navigator.language) || null
  return { name: "", timezone, intervals, holidays: [], holidayCountry, holidayRegion: null }
}
