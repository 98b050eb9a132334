// The recipients of campaigns: which of them wait, got theirs, were refused or cancelled.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Statement, statement } from "#kernel/db.ts"

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

export type WaitingRecipient = { id: string; recipient: string; name: string; fields: Record<string, string> }

/** The next recipients, in their order. Gives `Waiting` rows. */
export function nextStatement(campaignId: string, most: number): Statement {
  return statement(
    "next-shipments",
    (p) => `select id, recipient, name, fields from campaign_shipments
      where campaign_id = ${p(campaignId)} and state = 'waiting' order by ordinal limit ${p(most)}::int for update`,
  )
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
