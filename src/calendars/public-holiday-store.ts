import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { NamedHoliday } from "./next-holidays.ts"

/** A country by its two-letter code and one of its regions; no region is the whole country. */
export type Place = { country: string; region: string | null }

export async function storedHolidays(from: Kysely<DB>, { country, region }: Place): Promise<NamedHoliday[]> {
  return from
    .selectFrom("publicHolidays")
    .select([sql<string>`date::text`.as("date"), "name"])
    .where("country", "=", country)
    .where("region", "=", region ?? "")
    .orderBy("publicHolidays.date")
    .execute()
}

export async function insertHolidays(act: Act, { country, region }: Place, holidays: NamedHoliday[]): Promise<void> {
  if (holidays.length === 0) return
  await act.tx
    .insertInto("publicHolidays")
    .values(holidays.map((holiday) => ({ country, region: region ?? "", ...holiday })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Places of calendars whose holidays of that year are not stored. */
export async function placesWithoutYear(from: Kysely<DB>, year: number): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select distinct c.holiday_country as country, c.holiday_region as region from calendars c
    where c.holiday_country is not null and not exists (select from public_holidays h where h.country = c.holiday_country
      and h.region = coalesce(c.holiday_region, '') and h.date >= make_date(${year}, 1, 1))`.execute(from)
  return rows
}
