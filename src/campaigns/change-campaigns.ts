import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { connectionById } from "#connections/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { Campaign, changeBody, createBody, Shipment, shipmentBody } from "./api-contract.ts"
import { refuseTemplate } from "./refuse-unusable-template.ts"
import {
  existingCampaign,
  insertCampaign,
  insertShipment,
  lockCampaign,
  removeCampaign,
  saveCampaign,
} from "./campaign-store.ts"

const audited = ["name", "kind", "connectionId", "template", "scheduledAt", "pacePerMinute"] as const

export async function createCampaign(act: Act, body: z.output<typeof createBody>): Promise<Campaign> {
  const connection = await connectionById(act.tx, body.connectionId)
  if (!connection || connection.deletedAt) throw invalidField("connectionId", "is not a connection")
  if (body.template) await refuseTemplate(act, body.connectionId, body.template)
  const { template = null, scheduledAt = null, pacePerMinute = null, ...named } = body
  const campaign = await insertCampaign(act, { id: newId("cmp"), ...named, template, scheduledAt, pacePerMinute })
  const data = { change: "created", kind: body.kind }
  await recordAdminAct(act, "campaign.changed", {
    subjectId: campaign.id,
    name: body.name,
    after: campaign,
    fields: audited,
    data,
  })
  return campaign
}

/** A plan changes only while nothing runs by it. */
export async function changeCampaign(act: Act, id: string, body: z.output<typeof changeBody>): Promise<Campaign> {
  const before = await lockCampaign(act, id)
  const { name, ...plan } = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined),
  ) as Partial<Campaign>
  const isPlanned = Object.keys(plan).length > 0
  if (isPlanned && !["draft", "scheduled", "paused"].includes(before.status))
    throw new Refusal("conflict", "transition", `A campaign that is ${before.status} keeps its plan`)
  if (plan.template) await refuseTemplate(act, before.connectionId, plan.template)
  const isRenamed = name !== undefined && name !== before.name
  if (!isPlanned && !isRenamed) return before
  await saveCampaign(act, id, { ...plan, ...(isRenamed && { name }) })
  const after = await existingCampaign(act.tx, id)
  const data = { change: isPlanned ? "planned" : "renamed" }
  await recordAdminAct(act, "campaign.changed", {
    subjectId: id,
    name: after.name,
    before,
    after,
    fields: audited,
    data,
  })
  return after
}

/** Refuses (409 `in_use`) once it has shipments: tickets name them. */
export async function deleteCampaign(act: Act, id: string): Promise<void> {
  const before = await existingCampaign(act.tx, id)
  await removeCampaign(act, id)
  await recordAdminAct(act, "campaign.changed", { subjectId: id, name: before.name, before, fields: audited })
}

/** Notes that a campaign reaches somebody. The id is unique across all campaigns of both kinds; sending is not done here. */
export async function addRecipient(
  act: Act,
  campaignId: string,
  { id = newId("shp"), contactId }: z.output<typeof shipmentBody>,
): Promise<Shipment> {
  const { name } = await existingCampaign(act.tx, campaignId)
  const shipment = await insertShipment(act, { id, campaignId, contactId: contactId ?? null })
  const adminChange = { name, before: {}, after: {}, fields: [], data: { change: "shipment", shipmentId: id } }
  await recordAdminAct(act, "campaign.changed", { subjectId: campaignId, ...adminChange })
  return shipment
}
