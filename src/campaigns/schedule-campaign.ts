// What a campaign sends, to whom and when; and how it is started, held and ended.
import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Row, UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"
import { newId } from "#kernel/ids.ts"
import { channels, templateChannels } from "#channels/index.ts"
import { connectionById, fillTemplate } from "#connections/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { lockUpload } from "#files/index.ts"
import { cancelSends } from "#outbox/index.ts"
import { readSetting } from "#settings/index.ts"
import type { Campaign, CampaignStatus, recipientsAdded, recipientsBody, statusBody } from "./contract.ts"
import { checkRecipient, columnsIn, readRows } from "./check-recipient-list.ts"
import { cancelWaiting, insertRecipients } from "./recipient-store.ts"
import { lockCampaign, saveCampaign } from "./campaign-store.ts"

type Template = NonNullable<Campaign["template"]>

/** Refuses a template that cannot go to anybody. */
export async function refuseTemplate(act: Act, connectionId: string, template: Template): Promise<void> {
  const connection = await connectionById(act.tx, connectionId)
  if (!connection || !channels[connection.kind]?.templates)
    throw invalidField("template", `is for ${templateChannels()} connections`)
  const { headerMedia } = await fillTemplate(act.tx, connectionId, template)
  const { attachmentId } = template
  if (headerMedia === null && attachmentId !== undefined)
    throw invalidField("template.attachmentId", "must be left out: the template shows no file")
  if (headerMedia === null) return
  if (attachmentId === undefined)
    throw invalidField("template.attachmentId", `must be the ${headerMedia} that the template's header shows`)
  if (!(await lockUpload(act, attachmentId)))
    throw invalidField("template.attachmentId", "is not a file that was uploaded and not sent")
}

/** Objects, or the rows of a list that was read before the transaction. */
type RecipientsGiven = Pick<z.output<typeof recipientsBody>, "recipients"> & {
  rows?: (Row | UnreadableTable)[] | undefined
}

/** Adds what is right and says by line what is not. Who is in the campaign already is not added again. */
export async function addRecipients(
  act: Act,
  campaignId: string,
  { recipients: given = [], rows: read }: RecipientsGiven,
): Promise<z.output<typeof recipientsAdded>> {
  const campaign = await lockCampaign(act, campaignId)
  if (campaign.template === null) throw invalidField("template", "must be chosen first")
  if (!["draft", "scheduled", "paused"].includes(campaign.status)) throw cannot(campaign.status, "take recipients")
  const home = await readSetting(act, "desk.country")
  const expected = { needed: columnsIn(campaign.template.parameters), home }
  const { recipients, errors, local } = read
    ? await readRows(read, expected)
    : await checkRecipient(
        given.map((one, i) => ({ ...defined(one), line: i + 1 })),
        expected,
      )
  const rows = recipients.map(({ phone, name, fields }) => ({ id: newId("shp"), recipient: phone, name, fields }))
  const added = await insertRecipients(act, campaignId, rows)
  const adminChange = { name: campaign.name, before: {}, after: { added }, fields: ["added"] as const }
  await recordAdminAct(act, "campaign.changed", {
    subjectId: campaignId,
    ...adminChange,
    data: { change: "recipients", added },
  })
  const readAs = home !== null && local > 0 ? { country: home, count: local } : null
  return { added, repeated: recipients.length - added, errors, readAs }
}

function defined(one: { phone: string; name?: string | undefined; fields?: Record<string, string> | undefined }) {
  return { phone: one.phone, name: one.name ?? "", fields: one.fields ?? {} }
}

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
  if (!steps[campaign.status].includes(status)) throw cannot(campaign.status, `become ${status}`)
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

const cannot = (status: CampaignStatus, what: string) =>
  new Refusal("conflict", "transition", `A campaign that is ${status} cannot ${what}`)
