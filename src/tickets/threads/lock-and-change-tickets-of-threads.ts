// Many tickets of threads in a few statements, for those who report in lists. Ids are locked in one order.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

export type ActiveTicket = { id: string; threadKey: string; priority: string }

/** The active tickets of these threads, locked. */
export async function lockThreads(act: Act, threadKeys: string[]): Promise<ActiveTicket[]> {
  if (threadKeys.length === 0) return []
  const rows = await sql<ActiveTicket>`
    select id, thread_key, priority from tickets where thread_key = any(${threadKeys}) and active order by id for update`.execute(
    act.tx,
  )
  return rows.rows
}

/** Of these tickets, those that have this priority still, locked. */
export async function lockTickets(act: Act, ids: string[], priority: string): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await sql<{ id: string }>`
    select id from tickets where id = any(${ids}) and priority = ${priority} order by id for update`.execute(act.tx)
  return rows.rows.map(({ id }) => id)
}

/** Something of theirs was repeated: they changed now, though nobody changed them. */
export async function touchTicketsOfThreads(act: Act, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update tickets set updated_at = ${act.now} where id = any(${ids})`.execute(act.tx)
}

export async function raisePriorities(act: Act, ids: string[], priority: string): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update tickets set priority = ${priority}, version = version + 1, updated_at = ${act.now}
    where id = any(${ids}) and priority <> ${priority}`.execute(act.tx)
}

/** Notes of how it was solved, apart from any step. False when they were the same. */
export async function saveResolution(act: Act, id: string, resolution: string): Promise<boolean> {
  const saved = await sql`
    update tickets set resolution = ${resolution}, updated_at = ${act.now}
    where id = ${id} and resolution is distinct from ${resolution}`.execute(act.tx)
  return saved.numAffectedRows === 1n
}
