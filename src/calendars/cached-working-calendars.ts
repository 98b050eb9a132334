// Calendars as the business clock reads them, remembered while they stay as they are. Their versions are asked for each time, so
// what another server changes counts here at once.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { type CalendarOfYears, workingCalendar } from "./build-working-calendar.ts"

const rememberedAtMost = 500
const remembered = new Map<string, CalendarOfYears>()

/** By their ids, of those that there are: one statement unless something has changed. */
export async function workingCalendars(from: Kysely<DB>, ids: Iterable<string>): Promise<Map<string, CalendarOfYears>> {
  const calendars = new Map<string, CalendarOfYears>()
  for (const { id, version } of await calendarVersions(from, [...new Set(ids)]))
    calendars.set(id, remembered.get(version) ?? (await readCalendar(from, id, version)))
  return calendars
}

/** Remembered unless it changed between the reads. */
async function readCalendar(from: Kysely<DB>, id: string, version: string): Promise<CalendarOfYears> {
  const calendar = await workingCalendar(from, id)
  const [now] = await calendarVersions(from, [id])
  return now?.version === version ? remember(version, calendar) : calendar
}

/** A version is what the calendar says itself, and how many public holidays of its place are known, up to which. */
async function calendarVersions(from: Kysely<DB>, ids: string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; version: string }>`
    select c.id, md5((c.timezone, c.intervals, c.holidays, c.holiday_country, c.holiday_region)::text) || (
      select ' ' || count(*) || ' ' || coalesce(max(h.date)::text, '') from public_holidays h
      where h.country = c.holiday_country and h.region = coalesce(c.holiday_region, '')) as version
    from calendars c where c.id = any(${ids}::text[])`.execute(from)
  return rows
}

function remember(version: string, calendar: CalendarOfYears): CalendarOfYears {
  if (remembered.size >= rememberedAtMost) remembered.clear()
  remembered.set(version, calendar)
  return calendar
}
