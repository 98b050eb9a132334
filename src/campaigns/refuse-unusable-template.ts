import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { channels, templateChannels } from "#channels/index.ts"
import { connectionById, fillTemplate } from "#connections/index.ts"
import { lockUpload } from "#files/index.ts"
import type { Campaign } from "./api-contract.ts"

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
