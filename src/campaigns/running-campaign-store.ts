// Campaigns at work: those whose hour has come, the one that a server has claimed, and when it goes on or is done.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, runIn, type Statement, statement } from "#kernel/db.ts"
import type { Campaign } from "./api-contract.ts"

/** Has the hour of a scheduled campaign come? */
export async function hasDueCampaigns(db: Database, now: Date): Promise<boolean> {
  const rows = await sql<{ due: boolean }>`
    select exists (select from campaigns where status = 'scheduled' and scheduled_at <= ${now}) as due`.execute(
    db.kysely,
  )
  return rows.rows[0]?.due ?? false
}

/** Scheduled campaigns whose hour has come run from now on. */
export async function startScheduledCampaigns(act: Act): Promise<string[]> {
  const started = await act.tx
    .updateTable("campaigns")
    .set({ status: "running", nextAt: act.now })
    .where("status", "=", "scheduled")
    .where("scheduledAt", "<=", act.now)
    .returning("id")
    .execute()
  return started.map((row) => row.id)
}

// So many may wait in the outbox, two seconds of it: the rest stays here, where pausing and cancelling reach it at once.
const mostQueued = 160

export type RunningCampaign = { id: string; room: number }

/** Campaigns that may ship now, and how many: their connection can send, and the outbox has room. */
export async function runningCampaigns(db: Database, now: Date): Promise<RunningCampaign[]> {
  const rows = await sql<RunningCampaign>`
    select id, room from (
      select c.id, ${mostQueued} - (select count(*) from sends s where s.state in ('queued', 'sending') and s.message_id in (
        select message_id from campaign_shipments where campaign_id = c.id and state = 'queued'
        order by ordinal desc limit ${mostQueued}))::int as room
      from campaigns c join connections n on n.id = c.connection_id
      where c.status = 'running' and coalesce(c.next_at, ${now}) <= ${now}
        and n.enabled and n.deleted_at is null and coalesce(n.health -> 'breaker', 'null') = 'null') at_work
    where room > 0 order by id`.execute(db.kysely)
  return rows.rows
}

export type ClaimedRecipient = Campaign & { nextAt: Date | null }

/** The campaign, locked, if it is to ship now and no other server is at it. Gives a `Claimed` row. */
export function claimStatement(id: string, now: Date): Statement {
  return statement(
    "claim-campaign",
    (p) => `select id, name, kind, connection_id as "connectionId", template, status, scheduled_at as "scheduledAt",
        pace_per_minute as "pacePerMinute", next_at as "nextAt", finished_at as "finishedAt", created_at as "createdAt"
      from campaigns where id = ${p(id)} and status = 'running' and (next_at is null or next_at <= ${p(now)}::timestamptz)
      for update skip locked`,
  )
}

export async function claimCampaign(act: Act, id: string): Promise<ClaimedRecipient | undefined> {
  return (await runIn<ClaimedRecipient>(act.tx, claimStatement(id, act.now)))[0]
}

export function saveNextAtStatement(id: string, nextAt: Date): Statement {
  return statement("save-next-at", (p) => `update campaigns set next_at = ${p(nextAt)} where id = ${p(id)}`)
}

/** Nobody is left. */
export function finishStatement(id: string, now: Date): Statement {
  return statement(
    "finish-campaign",
    (p) => `update campaigns set status = 'done', finished_at = ${p(now)} where id = ${p(id)}`,
  )
}
