// Texts that staff write again and again.
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { type Principal, refuseForeignItem, refuseInvalidSharing, sharingAfter } from "#people/index.ts"
import type { ReplyChanges, ReplyFields } from "./api-contract.ts"
import { insertReply, lockReply, removeReply, saveReply } from "./saved-reply-store.ts"
import { refuseUnknownVariables } from "./fill-placeholders-for-ticket.ts"

const audited = ["name", "content", "language", "visibility", "teamId"] as const

export async function createReply(act: Act, who: Principal, fields: ReplyFields): Promise<string> {
  const { teamId = null, language = null, ...given } = fields
  const row = { id: newId("srp"), ...given, language, teamId, ownerId: who.id }
  await refuseInvalidSharing(act, who, row)
  refuseUnknownVariables("content", row.content)
  await insertReply(act, row)
  await recordAdminAct(act, "saved_reply.changed", { subjectId: row.id, name: row.name, after: row, fields: audited })
  return row.id
}

export async function changeReply(act: Act, who: Principal, id: string, changes: ReplyChanges): Promise<void> {
  const before = await lockReply(act, who, id)
  refuseForeignItem(who, before)
  const sharing = sharingAfter(before, changes)
  const { name = before.name, content = before.content, language = before.language } = changes
  const after = { name, content, language, ...sharing }
  await refuseInvalidSharing(act, who, sharing)
  refuseUnknownVariables("content", content)
  await saveReply(act, id, after)
  await recordAdminAct(act, "saved_reply.changed", { subjectId: id, name, before, after, fields: audited })
}

export async function deleteReply(act: Act, who: Principal, id: string): Promise<void> {
  const before = await lockReply(act, who, id)
  refuseForeignItem(who, before)
  await removeReply(act, id)
  await recordAdminAct(act, "saved_reply.changed", { subjectId: id, name: before.name, before, fields: audited })
}
