// What the runner asks and writes.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Database, runIn, type Statement, statement } from "#kernel/db.ts"
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

export type WaitingRecipient = { id: string; recipient: string; name: string; fields: Record<string, string> }

/** The next recipients, in their order. Gives `Waiting` rows. */
export function nextStatement(campaignId: string, most: number): Statement {
  return statement(
    "next-shipments",
    (p) => `select id, recipient, name, fields from campaign_shipments
      where campaign_id = ${p(campaignId)} and state = 'waiting' order by ordinal limit ${p(most)}::int for update`,
  )
}

export async function claimCampaign(act: Act, id: string): Promise<ClaimedRecipient | undefined> {
  return (await runIn<ClaimedRecipient>(act.tx, claimStatement(id, act.now)))[0]
}

/** Undefined when it is not waiting any more. */
export async function waitingShipment(act: Act, id: string): Promise<WaitingRecipient | undefined> {
  const row = await act.tx
    .selectFrom("campaignShipments")
    .select(["id", "recipient", "name", "fields"])
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .forUpdate()
    .executeTakeFirst()
  return row as WaitingRecipient | undefined
}

type SentRecipient = { ticketId: string; messageId: string; contactId: string | null }

export async function saveQueued(act: Act, id: string, landed: SentRecipient): Promise<void> {
  const set = { state: "queued", queuedAt: act.now, ...landed } as const
  await act.tx.updateTable("campaignShipments").set(set).where("id", "=", id).execute()
}

/** The same for many. */
export function saveQueuedStatement(landed: readonly (SentRecipient & { id: string })[], now: Date): Statement {
  return statement(
    "save-queued",
    (
      p,
    ) => `update campaign_shipments s set state = 'queued', queued_at = ${p(now)}::timestamptz, ticket_id = r."ticketId",
        message_id = r."messageId", contact_id = r."contactId"
      from json_to_recordset(${p(JSON.stringify(landed))}::json) as r (id text, "ticketId" text, "messageId" text, "contactId" text)
      where s.id = r.id and s.state = 'waiting'`,
  )
}

/** Of these addresses, those whose owner got the campaign already, by whichever address. Gives `identityId`. */
export function alreadyReceivedStatement(campaignId: string, identityIds: readonly string[]): Statement {
  return statement(
    "got-campaign",
    (p) => `select i.id as "identityId" from contact_identities i where i.id = any(${p(identityIds)}::text[])
      and exists (select from campaign_shipments s where s.campaign_id = ${p(campaignId)} and s.state = 'queued'
        and s.contact_id = any(array(select id from contacts where i.contact_id in (id, merged_into))))`,
  )
}

export async function anyAlreadyReceived(act: Act, campaignId: string, contactId: string): Promise<boolean> {
  const one = await sql`
    select from campaign_shipments s where s.campaign_id = ${campaignId} and s.state = 'queued'
      and s.contact_id in (select id from contacts where ${contactId} in (id, merged_into)) limit 1`.execute(act.tx)
  return one.rows.length > 0
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
