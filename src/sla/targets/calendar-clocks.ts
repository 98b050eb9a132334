// The clocks of calendars, as they are now. A calendar is read anew once it was changed, and each day for its holidays.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { addWorkingMinutes, workingCalendar, workingMinutesBetween } from "#calendars/index.ts"
import { alwaysOpen, type Clock } from "./working-time-clock.ts"

const minuteMs = 60_000
const rememberedAtMost = 500
const remembered = new Map<string, Clock>()

/** Whose calendar is gone, or who has none, is always open. */
export type ClockOf = (calendarId: string | null) => Clock

export async function clocksOf(from: Kysely<DB>, calendarIds: readonly (string | null)[]): Promise<ClockOf> {
  const ids = [...new Set(calendarIds)].filter((id) => id !== null)
  const clocks = new Map<string, Clock>()
  for (const { id, version } of await calendarVersions(from, ids)) clocks.set(id, await clockOf(from, id, version))
  return (calendarId) => clocks.get(calendarId ?? "") ?? alwaysOpen
}

async function calendarVersions(from: Kysely<DB>, ids: string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; version: string }>`
    select id, md5((timezone, intervals, holidays, holiday_country, holiday_region)::text) || ' ' || current_date::text as version
    from calendars where id = any(${ids}::text[])`.execute(from)
  return rows
}

async function clockOf(from: Kysely<DB>, id: string, version: string): Promise<Clock> {
  const known = remembered.get(version)
  if (known) return known
  const calendar = await workingCalendar(from, id)
  const clock: Clock = {
    after: (start, ms) => addWorkingMinutes(calendar, start, ms / minuteMs),
    between: (start, until) => Math.round(workingMinutesBetween(calendar, start, until) * minuteMs),
  }
  if (remembered.size >= rememberedAtMost) remembered.clear()
  remembered.set(version, clock)
  return clock
}
