// When somebody's working hours begin, tickets that wait may be given to them: the timer wakes routing then.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { scheduleOpenings } from "#calendars/index.ts"
import type { Act } from "#kernel/act.ts"

const usedByStaff = `exists (select from users u where u.calendar_id = c.id and u.role <> 'user' and u.disabled_at is null)`

/** SQL of the instant at which hours of staff begin next; at once where nobody has looked since the calendar was changed. */
export const nextOpeningSql = `select min(coalesce(c.next_opening_at, now())) from calendars c where ${usedByStaff}`

/** Calendars of staff that have opened since they were looked at. */
export async function openedCalendars(from: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select c.id from calendars c
    where (c.next_opening_at is null or c.next_opening_at <= ${now}) and ${sql.raw(usedByStaff)} order by c.id`.execute(
    from,
  )
  return rows.map(({ id }) => id)
}

/** To be called once those who are there at `act.now` were looked at: what opens later wakes routing again. */
export async function scheduleNextOpenings(act: Act): Promise<void> {
  await scheduleOpenings(act, await openedCalendars(act.tx, act.now))
}
