// Resolved support tickets and since when their customer is silent: which are to be announced, and which are to be closed.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { numberSettingSql } from "#settings/index.ts"

export const dayMs = 86_400_000

// Word for word as the indexes `tickets_to_close` and `tickets_to_announce` have it.
const silent = "kind = 'support' and status = 'resolved'"
const since = "greatest(resolved_at, quiet_since)"
const unannounced = `(closing_announced_at is null or closing_announced_at < ${since})`

const first = (which: string) => `(select min(${since}) from tickets where ${which})`

/** SQL of the instant of the next announcement or closing; null when no ticket closes by itself. */
export const autoCloseDueSql = `select least(${first(silent)} + make_interval(hours => 24 * d.days),
    case when d.days > 1 then ${first(`${silent} and ${unannounced}`)} + make_interval(hours => 24 * (d.days - 1)) end)
  from (select nullif(${numberSettingSql("support.autoCloseDays")}::int, 0) as days) d`

export type SilentTicket = { id: string; since: Date }

/** Locks the first of those that have been silent since then, some at a time. What others hold is looked at next time. */
export async function lockSilentTickets(
  act: Act,
  which: "all" | "unannounced",
  before: Date,
  most: number,
): Promise<SilentTicket[]> {
  const condition = sql.raw(which === "all" ? silent : `${silent} and ${unannounced}`)
  const { rows } = await sql<SilentTicket>`select id, ${sql.raw(since)} as since from tickets
    where ${condition} and ${sql.raw(since)} <= ${before} order by ${sql.raw(since)} limit ${most}
    for update skip locked`.execute(act.tx)
  return rows
}

/**
 * Those of these tickets whose customer has written since then although they are resolved still: their silence begins with
 * that message. What somebody blocked wrote wakes nothing.
 */
export async function restartSilence(act: Act, tickets: SilentTicket[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with spoken as (select s.id, max(m.created_at) as at
      from json_to_recordset(${JSON.stringify(tickets)}::json) as s (id text, since timestamptz)
        join messages m on m.ticket_id = s.id and m.direction = 'in' and m.kind = 'message' and m.created_at > s.since
        left join contacts c on c.id = m.contact_id
      where c.blocked is not true group by s.id)
    update tickets t set quiet_since = spoken.at from spoken where t.id = spoken.id returning t.id`.execute(act.tx)
  return new Set(rows.map(({ id }) => id))
}

/** Nobody changed the tickets: their `updatedAt` and version stay. */
export async function markAnnounced(act: Act, ids: string[]): Promise<void> {
  await sql`update tickets set closing_announced_at = ${act.now} where id = any(${ids}::text[])`.execute(act.tx)
}
