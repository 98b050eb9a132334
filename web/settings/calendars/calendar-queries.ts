import { queryOptions, useQuery } from "@tanstack/react-query"
import type { Calendar as Told, CalendarPreview, HolidayCountry } from "#calendars/api-contract.ts"
import { get, post } from "../../lib/api-client.ts"
import { useDebounced } from "../../ui/use-debounced.ts"

export type Calendar = Omit<Told, "createdAt" | "updatedAt">
export type CalendarDraft = Omit<Calendar, "id">
export type Interval = Calendar["intervals"][number]
export type Holiday = Calendar["holidays"][number]
/** What each part of the form shows and changes. */
export interface DraftFields {
  draft: CalendarDraft
  change: (more: Partial<CalendarDraft>) => void
  errorOf: (path: string) => string | undefined
}

type Preview = Record<"opensAt" | "dueAt", string> & Pick<CalendarPreview, "isOpen" | "nextHolidays">

export const calendarQuery = (id: string) =>
  queryOptions({ queryKey: ["calendars", id], queryFn: ({ signal }) => get<Calendar>(`/calendars/${id}`, signal) })

export const holidayCountriesQuery = queryOptions({
  queryKey: ["holiday-countries"],
  queryFn: ({ signal }) => get<{ items: HolidayCountry[] }>("/calendars/holiday-countries", signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What the calendar would say as it is written now, of a ticket that arrives now. */
export function useCalendarPreview(draft: CalendarDraft, minutes: number) {
  const { timezone, intervals, holidayCountry, holidayRegion } = draft
  const holidays = draft.holidays.filter(({ date, name }) => date && name.trim())
  const rules = { timezone, intervals, holidays, holidayCountry, holidayRegion }
  const asked = useDebounced(JSON.stringify({ ...rules, minutes }))
  return useQuery({
    queryKey: ["calendar-preview", asked],
    queryFn: () => post<Preview>("/calendars/preview", JSON.parse(asked)),
    retry: false,
    refetchInterval: 60_000,
    placeholderData: (before) => before,
  })
}
