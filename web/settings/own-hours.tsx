import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import type { Me } from "../session/session-queries.ts"
import { calendarQuery } from "./calendars/calendar-queries.ts"
import { useInstantIn } from "../lib/formats/instant-in-zone-text.ts"
import { WeekHours } from "./calendars/read-only-week-hours.tsx"

/** In which hours one is given new tickets. */
export function OwnHours({ hours }: { hours: NonNullable<Me["hours"]> }) {
  const { t } = useTexts()
  const { data: calendar } = useQuery(calendarQuery(hours.calendarId))
  const say = useInstantIn(calendar?.timezone)
  if (!calendar) return null
  const { isOpen, opensAt } = hours
  return (
    <>
      <p dir="auto" className="break-words">
        {calendar.name}
      </p>
      <p className="text-sm text-muted">
        {isOpen && t("profile.inHours")}
        {!isOpen && opensAt !== null && t("profile.outsideHours", { when: say(String(opensAt)) })}{" "}
        {t("calendars.inZone", { zone: calendar.timezone })}
      </p>
      <WeekHours intervals={calendar.intervals} />
    </>
  )
}
