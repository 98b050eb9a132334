import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/**
 * Those of the tickets, now locked, that nobody works on and of which every event up to `position` of the log is all there is: an
 * answer that was given in time counts, though it is read only later. The others come at the next look.
 */
export async function settledTickets(act: Act, ids: string[], position: number): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select t.id from tickets t where t.id = any(${ids}::text[]) and not exists (
      select from (select position from events where ticket_id = t.id order by id desc limit 1) newest
      where newest.position is null or newest.position > ${position})
    for no key update skip locked`.execute(act.tx)
  return rows.map(({ id }) => id)
}
