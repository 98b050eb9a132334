import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, invalidField, notFound, Refusal, uniqueViolation } from "#kernel/errors.ts"
import { countedUpTo, type Page, pageOf, readCursor } from "#kernel/pages.ts"
import type { Campaign, ListQuery, Shipment } from "./contract.ts"

/** Newest first: ids are ordered by time. */
export async function listCampaigns(from: Kysely<DB>, query: ListQuery): Promise<Page<Campaign>> {
  const after = readCursor(query.cursor, 1)
  const rows = await from
    .selectFrom("campaigns")
    .selectAll()
    .$if(after !== null, (q) => q.where("id", "<", String(after![0])))
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute()
  const counted = await from
    .selectFrom("campaigns")
    .select(sql<number>`least(count(*), ${countedUpTo + 1})`.as("n"))
    .executeTakeFirstOrThrow()
  return pageOf(
    rows,
    query.limit,
    counted.n,
    (row) => row,
    (row) => [row.id],
  )
}

/** By id, which their sender may have chosen. */
export async function listShipments(from: Kysely<DB>, campaignId: string, query: ListQuery): Promise<Page<Shipment>> {
  const after = readCursor(query.cursor, 1)
  const rows = await from
    .selectFrom("campaignShipments")
    .selectAll()
    .where("campaignId", "=", campaignId)
    .$if(after !== null, (q) => q.where("id", ">", String(after![0])))
    .orderBy("id")
    .limit(query.limit + 1)
    .execute()
  const some = from
    .selectFrom("campaignShipments")
    .select("id")
    .where("campaignId", "=", campaignId)
    .limit(countedUpTo + 1)
  const counted = await from
    .selectFrom(some.as("counted"))
    .select((e) => e.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return pageOf(
    rows,
    query.limit,
    counted.n,
    (row) => row,
    (row) => [row.id],
  )
}

export async function existingCampaign(from: Kysely<DB>, id: string): Promise<Campaign> {
  const row = await from.selectFrom("campaigns").selectAll().where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("campaign")
  return row
}

export async function insertCampaign(act: Act, row: Omit<Campaign, "createdAt">): Promise<Campaign> {
  const campaign = { ...row, createdAt: act.now }
  await act.tx.insertInto("campaigns").values(campaign).execute()
  return campaign
}

export async function renameCampaign(act: Act, id: string, name: string) {
  await act.tx.updateTable("campaigns").set({ name }).where("id", "=", id).execute()
}

/** The foreign key knows whether a shipment needs it. */
export async function removeCampaign(act: Act, id: string) {
  try {
    await act.tx.deleteFrom("campaigns").where("id", "=", id).execute()
  } catch (error) {
    throw brokenKey(error) === null ? error : new Refusal("conflict", "in_use", "It has shipments")
  }
}

export async function insertShipment(act: Act, row: Omit<Shipment, "createdAt">): Promise<Shipment> {
  const shipment = { ...row, createdAt: act.now }
  try {
    await act.tx.insertInto("campaignShipments").values(shipment).execute()
  } catch (error) {
    if (uniqueViolation(error) !== null) throw duplicateEntry("id")
    const broken = brokenKey(error)
    if (broken === "campaign_shipments_contact_id_fkey") throw invalidField("contactId", "is not a contact")
    throw broken === null ? error : notFound("campaign")
  }
  return shipment
}

/** The foreign key that refused, or null when it was something else. */
function brokenKey(error: unknown): string | null {
  const e = error as { code?: string; constraint?: string } | null
  return e?.code === "23503" ? (e.constraint ?? "") : null
}
