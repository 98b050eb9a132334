// What the runner asks and writes, one recipient after the other.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Campaign } from "./contract.ts"

export type NewRecipient = { id: string; recipient: string; name: string; fields: Record<string, string> }

/** In their order, behind those that are there. How many were new. */
export async function insertRecipients(act: Act, campaignId: string, rows: NewRecipient[]): Promise<number> {
  const added = await sql`
    insert into campaign_shipments (id, campaign_id, recipient, name, fields, ordinal, state, created_at)
    select r.id, ${campaignId}, r.recipient, r.name, r.fields,
      r.n + coalesce((select max(ordinal) from campaign_shipments where campaign_id = ${campaignId}), 0), 'waiting', ${act.now}
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id text, recipient text, name text, fields jsonb))
      with ordinality as r (id, recipient, name, fields, n)
    on conflict (campaign_id, recipient) where recipient is not null do nothing`.execute(act.tx)
  return Number(added.numAffectedRows ?? 0n)
}

/** Has the hour of a scheduled campaign come? */
export async function someAreDue(db: Database, now: Date): Promise<boolean> {
  const rows = await sql<{ due: boolean }>`
    select exists (select from campaigns where status = 'scheduled' and scheduled_at <= ${now}) as due`.execute(
    db.kysely,
  )
  return rows.rows[0]?.due ?? false
}

/** Scheduled campaigns whose hour has come run from now on. */
export async function startScheduled(act: Act): Promise<string[]> {
  const started = await act.tx
    .updateTable("campaigns")
    .set({ status: "running", nextAt: act.now })
    .where("status", "=", "scheduled")
    .where("scheduledAt", "<=", act.now)
    .returning("id")
    .execute()
  return started.map((row) => row.id)
}

// So many may wait in the outbox: the rest stays here, where pausing and cancelling reach it at once.
const mostQueued = 100

/** Campaigns that may ship now: their connection can send, and the outbox has room. */
export async function campaignsAtWork(db: Database, now: Date): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select c.id from campaigns c join connections n on n.id = c.connection_id
    where c.status = 'running' and coalesce(c.next_at, ${now}) <= ${now}
      and n.enabled and n.deleted_at is null and coalesce(n.health -> 'breaker', 'null') = 'null'
      and (select count(*) from sends s where s.state in ('queued', 'sending') and s.message_id in (
        select message_id from campaign_shipments where campaign_id = c.id and state = 'queued'
        order by ordinal desc limit ${mostQueued})) < ${mostQueued}
    order by c.id`.execute(db.kysely)
  return rows.rows.map((row) => row.id)
}

/** The campaign, locked, if it is to ship now and no other server is at it. */
export async function claimCampaign(act: Act, id: string): Promise<(Campaign & { nextAt: Date | null }) | undefined> {
  const row = await act.tx
    .selectFrom("campaigns")
    .selectAll()
    .where("id", "=", id)
    .where("status", "=", "running")
    .where((e) => e.or([e("nextAt", "is", null), e("nextAt", "<=", act.now)]))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row as (Campaign & { nextAt: Date | null }) | undefined
}

export type Waiting = { id: string; recipient: string; name: string; fields: Record<string, string> }

export async function nextShipment(act: Act, campaignId: string): Promise<Waiting | undefined> {
  const row = await act.tx
    .selectFrom("campaignShipments")
    .select(["id", "recipient", "name", "fields"])
    .where("campaignId", "=", campaignId)
    .where("state", "=", "waiting")
    .orderBy("ordinal")
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return row as Waiting | undefined
}

type Landed = { ticketId: string; messageId: string; contactId: string | null }

export async function saveQueued(act: Act, id: string, landed: Landed): Promise<void> {
  const set = { state: "queued", queuedAt: act.now, ...landed } as const
  await act.tx.updateTable("campaignShipments").set(set).where("id", "=", id).execute()
}

export async function refuseShipment(act: Act, id: string, reason: string): Promise<void> {
  await act.tx
    .updateTable("campaignShipments")
    .set({ state: "refused", reason })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .execute()
}

/** Cancels what has not been shipped; the messages of what has are returned. */
export async function cancelWaiting(act: Act, campaignId: string): Promise<string[]> {
  await act.tx
    .updateTable("campaignShipments")
    .set({ state: "cancelled" })
    .where("campaignId", "=", campaignId)
    .where("state", "=", "waiting")
    .execute()
  const shipped = await act.tx
    .selectFrom("campaignShipments")
    .select("messageId")
    .where("campaignId", "=", campaignId)
    .where("state", "=", "queued")
    .execute()
  return shipped.flatMap((row) => row.messageId ?? [])
}
