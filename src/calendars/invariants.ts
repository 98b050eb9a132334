import type { Invariant } from "#kernel/invariant.ts"
import { addMissingHolidays } from "./compute-missing-holidays-job.ts"

export const calendarInvariants: Invariant[] = [
  {
    name: "public_holidays",
    why: "A calendar with a country has the holidays of that country for the next year too.",
    remedy: "computes them.",
    find: `select c.id from calendars c where c.holiday_country is not null and not exists (select from public_holidays h
      where h.country = c.holiday_country and h.region = coalesce(c.holiday_region, '')
        and h.date >= make_date(extract(year from now())::int + 1, 1, 1))`,
    repair: addMissingHolidays,
  },
]
