import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { invalidField } from "#kernel/errors.ts"
import { nextOpening } from "./business-clock.ts"
import type { CalendarChanges, RuleFields } from "./api-contract.ts"
import { type Place, storedHolidays } from "./public-holiday-store.ts"
import type { NamedHoliday } from "./next-holidays.ts"
import { computeHolidays, knownPlace } from "./compute-public-holidays.ts"
import { type CalendarRules, toWorkingCalendar } from "./build-working-calendar.ts"

export type CheckedRules = { rules: CalendarRules; place: Place | null; publicHolidays: NamedHoliday[] }

/**
 * Rules that a contract has taken, with all that was left out, and the holidays of their country: stored or, the first time,
 * computed. Refuses an unknown country or region, and rules under which nothing would ever be due. Writes nothing.
 */
export async function checkRules(from: Kysely<DB>, given: RuleFields, now: Date): Promise<CheckedRules> {
  const { timezone, intervals, holidays = [], holidayCountry = null, holidayRegion = null } = given
  if (holidayCountry === null && holidayRegion !== null)
    throw invalidField("holidayRegion", "must have its country, holidayCountry")
  const place = holidayCountry === null ? null : await knownPlace({ country: holidayCountry, region: holidayRegion })
  const rules: CalendarRules = {
    timezone,
    intervals,
    holidays: holidays.map(({ yearly = false, ...holiday }) => ({ ...holiday, yearly })),
    holidayCountry,
    holidayRegion: place?.region ?? null,
  }
  const publicHolidays = place ? await holidaysOf(from, place, now) : []
  if (nextOpening(toWorkingCalendar(rules, publicHolidays), now) === null)
    throw invalidField("holidays", "must leave days on which it opens")
  return { rules, place, publicHolidays }
}

async function holidaysOf(from: Kysely<DB>, place: Place, now: Date): Promise<NamedHoliday[]> {
  const stored = await storedHolidays(from, place)
  return stored.length > 0 ? stored : computeHolidays(place, now)
}

/**
 * Computes the holidays that a write will ask for, before its transaction locks anything. Refuses nothing: that is for the
 * transaction. `id`: of the calendar whose country stays when none is given.
 */
export async function computeAhead(from: Kysely<DB>, changes: CalendarChanges, now: Date, id?: string) {
  if (changes.holidayCountry === undefined && changes.holidayRegion === undefined) return
  const before = id === undefined ? undefined : await findCountry(from, id)
  const { holidayCountry = before?.holidayCountry, holidayRegion: region = null } = changes
  const country = holidayCountry ?? null
  const place = country === null ? null : await knownPlace({ country, region }).catch(() => null)
  if (place) await holidaysOf(from, place, now)
}

const findCountry = (from: Kysely<DB>, id: string) =>
  from.selectFrom("calendars").select("holidayCountry").where("id", "=", id).executeTakeFirst()
