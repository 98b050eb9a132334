import { wakeAfter } from "#kernel/database/wake.ts"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, invalidField, notFound, Refusal, uniqueViolation } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import type { Campaign, ListQuery, Shipment } from "./api-contract.ts"

const campaignColumns = [
  "id",
  "name",
  "kind",
  "connectionId",
  "template",
  "status",
  "scheduledAt",
  "pacePerMinute",
  "finishedAt",
  "createdAt",
] as const

const shipmentColumns = [
  "id",
  "campaignId",
  "contactId",
  "recipient",
  "name",
  "state",
  "reason",
  "ticketId",
  "messageId",
  "queuedAt",
  "createdAt",
] as const

/** Newest first: ids are ordered by time. */
export async function listCampaigns(from: Kysely<DB>, query: ListQuery): Promise<Page<Campaign>> {
  const all = from.selectFrom("campaigns").select(campaignColumns).$castTo<Campaign>()
  return readListPage(from, all, { query, by: byId, order: "desc", shape: (row) => row })
}

/** By id, which their sender may have chosen. */
export async function listShipments(from: Kysely<DB>, campaignId: string, query: ListQuery): Promise<Page<Shipment>> {
  const ofCampaign = from.selectFrom("campaignShipments").select(shipmentColumns).where("campaignId", "=", campaignId)
  return readListPage(from, ofCampaign, { query, by: byId, shape: (row) => row })
}

export async function existingCampaign(from: Kysely<DB>, id: string): Promise<Campaign> {
  const row = await from.selectFrom("campaigns").select(campaignColumns).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("campaign")
  return row as Campaign
}

/** Held until the transaction ends: nothing is shipped, and no status changes, meanwhile. */
export async function lockCampaign(act: Act, id: string): Promise<Campaign> {
  const row = await act.tx
    .selectFrom("campaigns")
    .select(campaignColumns)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound("campaign")
  return row as Campaign
}

type NewCampaign = Pick<
  Campaign,
  "id" | "name" | "kind" | "connectionId" | "template" | "scheduledAt" | "pacePerMinute"
>

export async function insertCampaign(act: Act, { template, ...row }: NewCampaign): Promise<Campaign> {
  const kept = { ...row, template: template && JSON.stringify(template), createdAt: act.now }
  const made = await act.tx.insertInto("campaigns").values(kept).returning(campaignColumns).executeTakeFirstOrThrow()
  return made as Campaign
}

type CampaignUpdate = Partial<Omit<Campaign, "id" | "kind" | "connectionId" | "createdAt"> & { nextAt: Date }>

export async function saveCampaign(act: Act, id: string, { template, ...fields }: CampaignUpdate) {
  const set = { ...fields, ...(template && { template: JSON.stringify(template) }) }
  wakeAfter(act.tx, "campaigns")
  if (Object.keys(set).length > 0) await act.tx.updateTable("campaigns").set(set).where("id", "=", id).execute()
}

/** The foreign key knows whether a shipment needs it. */
export async function removeCampaign(act: Act, id: string) {
  try {
    await act.tx.deleteFrom("campaigns").where("id", "=", id).execute()
  } catch (error) {
    throw brokenKey(error) === null ? error : new Refusal("conflict", "in_use", "It has shipments")
  }
}

type NotedShipment = Pick<Shipment, "id" | "campaignId" | "contactId">

export async function insertShipment(act: Act, row: NotedShipment): Promise<Shipment> {
  try {
    return await act.tx
      .insertInto("campaignShipments")
      .values({ ...row, createdAt: act.now })
      .returning(shipmentColumns)
      .executeTakeFirstOrThrow()
  } catch (error) {
    if (uniqueViolation(error) !== null) throw duplicateEntry("id")
    const broken = brokenKey(error)
    if (broken === "campaign_shipments_contact_id_fkey") throw invalidField("contactId", "is not a contact")
    throw broken === null ? error : notFound("campaign")
  }
}

/** The foreign key that refused, or null when it was something else. */
function brokenKey(error: unknown): string | null {
  const e = error as { code?: string; constraint?: string } | null
  return e?.code === "23503" ? (e.constraint ?? "") : null
}
