import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { insertHolidays, placesWithoutYear } from "./public-holiday-store.ts"
import { computeHolidays, holidayYears } from "./compute-public-holidays.ts"

/** Holidays are computed when a country is chosen, and then a year more each year: a server that was down on 1 January does so later. */
export function calendarJobs(kit: Kit): Job[] {
  return [
    {
      name: "compute-public-holidays",
      cron: "23 3 * * *",
      run: () => inTransaction(kit.db, { actor: system, now: kit.now() }, addMissingHolidays),
    },
  ]
}

/** Safe to repeat: what is there stays. */
export async function addMissingHolidays(act: Act): Promise<void> {
  const { last } = holidayYears(act.now)
  for (const place of await placesWithoutYear(act.tx, last))
    await insertHolidays(act, place, await computeHolidays(place, act.now))
}
