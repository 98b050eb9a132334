import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { cancelSends } from "#outbox/index.ts"
import type { CampaignStatus, statusBody } from "./api-contract.ts"
import { cancelWaiting } from "./recipient-store.ts"
import { lockCampaign, saveCampaign } from "./campaign-store.ts"

const steps: Record<CampaignStatus, readonly CampaignStatus[]> = {
  draft: ["scheduled", "running", "cancelled"],
  scheduled: ["running", "paused", "cancelled"],
  running: ["paused", "cancelled"],
  paused: ["scheduled", "running", "cancelled"],
  cancelled: [],
  done: [],
}

/** Moves a campaign along. Cancelling also takes back what is queued and not yet on its way. */
export async function setStatus(act: Act, id: string, { status }: z.output<typeof statusBody>): Promise<void> {
  const campaign = await lockCampaign(act, id)
  if (campaign.status === status) return
  if (!steps[campaign.status].includes(status)) throw cannotWhile(campaign.status, `become ${status}`)
  if (campaign.template === null && status !== "cancelled") throw invalidField("template", "must be chosen first")
  if (status === "scheduled" && campaign.scheduledAt === null) throw invalidField("scheduledAt", "must be set first")
  await saveCampaign(act, id, {
    status,
    ...(status === "running" && { nextAt: act.now }),
    ...(status === "cancelled" && { finishedAt: act.now }),
  })
  if (status === "cancelled") await cancelSends(act, await cancelWaiting(act, id))
  const adminChange = { name: campaign.name, before: campaign, after: { status }, fields: ["status"] as const }
  await recordAdminAct(act, "campaign.changed", { subjectId: id, ...adminChange, data: { change: status } })
}

export const cannotWhile = (status: CampaignStatus, what: string) =>
  new Refusal("conflict", "transition", `A campaign that is ${status} cannot ${what}`)
