import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Row, UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import type { recipientsAdded, recipientsBody } from "./api-contract.ts"
import { cannotWhile } from "./change-campaign-status.ts"
import { checkRecipient, columnsIn, readRows } from "./check-recipient-list.ts"
import { insertRecipients } from "./recipient-store.ts"
import { lockCampaign } from "./campaign-store.ts"

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
  if (!["draft", "scheduled", "paused"].includes(campaign.status)) throw cannotWhile(campaign.status, "take recipients")
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
