import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { connectionById } from "#connections/index.ts"
import { record } from "#events/index.ts"
import type { Campaign, changeBody, createBody, Shipment, shipmentBody } from "./contract.ts"
import { existingCampaign, insertCampaign, insertShipment, removeCampaign, renameCampaign } from "./store.ts"

export async function createCampaign(act: Act, body: z.output<typeof createBody>): Promise<Campaign> {
  const connection = await connectionById(act.tx, body.connectionId)
  if (!connection || connection.deletedAt) throw invalidField("connectionId", "is not a connection")
  const campaign = await insertCampaign(act, { id: newId("cmp"), ...body })
  await record(act, "campaign.changed", { subjectId: campaign.id, data: { change: "created", kind: body.kind } })
  return campaign
}

export async function changeCampaign(act: Act, id: string, { name }: z.output<typeof changeBody>): Promise<Campaign> {
  const before = await existingCampaign(act.tx, id)
  if (name === undefined || name === before.name) return before
  await renameCampaign(act, id, name)
  await record(act, "campaign.changed", { subjectId: id, data: { change: "renamed" } })
  return { ...before, name }
}

/** Refuses (409 `in_use`) once it has shipments: tickets name them. */
export async function deleteCampaign(act: Act, id: string): Promise<void> {
  await existingCampaign(act.tx, id)
  await removeCampaign(act, id)
  await record(act, "campaign.changed", { subjectId: id, data: { change: "deleted" } })
}

/** Notes that a campaign reaches somebody. The id is unique across all campaigns of both kinds; sending is not done here. */
export async function createShipment(
  act: Act,
  campaignId: string,
  { id = newId("shp"), contactId }: z.output<typeof shipmentBody>,
): Promise<Shipment> {
  await existingCampaign(act.tx, campaignId)
  const shipment = await insertShipment(act, { id, campaignId, contactId: contactId ?? null })
  await record(act, "campaign.changed", { subjectId: campaignId, data: { change: "shipment", shipmentId: id } })
  return shipment
}
