// Many tickets of threads in a few statements, for those who report in lists. Ids are locked in one order.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Status, TicketKind } from "../lifecycle/table.ts"

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

export type TicketOfThread = {
  id: string
  threadKey: string
  subject: string
  priority: string
  kind: TicketKind
  status: Status
  teamId: string | null
}

/**
 * Opens tickets that begin without a message and without a person. Gives those that are there now: a thread that got an
 * active ticket meanwhile is left out. A team that is gone gives way to the default one.
 */
export async function insertTicketsOfThreads(act: Act, wanted: TicketOfThread[]): Promise<ActiveTicket[]> {
  if (wanted.length === 0) return []
  const rows = await sql<ActiveTicket>`
    insert into tickets (id, kind, thread_key, status, subject, priority, channel, team_id, last_message_at, created_by_kind,
      created_by_id, created_at, updated_at)
    select w.id, w.kind, w."threadKey", w.status, w.subject, w.priority, 'api', coalesce(m.id, (select id from teams where is_default)),
      ${act.now}::timestamptz, ${act.actor.kind}::text, ${act.actor.id}::text, ${act.now}::timestamptz, ${act.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as w (id text, kind text, "threadKey" text, status text, subject text, priority text, "teamId" text)
    left join teams m on m.id = w."teamId"
    order by w."threadKey"
    on conflict (thread_key) where active do nothing
    returning id, thread_key, priority`.execute(act.tx)
  return rows.rows
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
