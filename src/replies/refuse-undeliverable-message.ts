// What the channel would not deliver is refused before it is written.
import type { Act } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { channels } from "#channels/index.ts"
import type { ConnectionRow, FilledTemplateParts } from "#connections/index.ts"
import { marketingRefusersStatement } from "#contacts/index.ts"
import { textWithMarks } from "#markdown/index.ts"
import { type LastFailure, lastFailuresStatement, type ReplyLine } from "#messages/index.ts"
import { replyConditions } from "./read-reply-conditions.ts"
import { checkReply, type ReplyConditions, type Restriction, takesNothing } from "./check-reply-restrictions.ts"

/** Of these addresses, those that would refuse the template. */
export async function blockedAddresses(
  run: RunStatement,
  connectionId: string,
  identityIds: string[],
  template: FilledTemplateParts,
) {
  if (identityIds.length === 0) return new Set<string>()
  const [rows, refusers] = await Promise.all([
    run<LastFailure>(lastFailuresStatement(identityIds.map((identityId) => ({ connectionId, identityId })))),
    template.category === "MARKETING" ? run<{ id: string }>(marketingRefusersStatement(identityIds)) : [],
  ])
  const barred = rows.filter(({ reason }) => takesNothing(reason))
  return new Set([...barred.map(({ identityId }) => identityId), ...refusers.map(({ id }) => id)])
}

type ReplyAttempt = { content: string; files: number; template: FilledTemplateParts | null }

/** Refuses what the channel would not deliver. A channel without limits takes everything. */
export async function refuseUndeliverable(
  act: Act,
  line: ReplyLine,
  connection: ConnectionRow | undefined,
  asked: ReplyAttempt,
) {
  const channel = connection && channels[connection.kind]
  if (!channel?.replyLimits) return
  const conditions = await replyConditions(act.tx, line, channel.replyLimits, act.now)
  const verdict = checkReply(
    {
      length: textWithMarks(asked.content, channel.marks).length,
      files: asked.files,
      template: asked.template?.category ?? null,
      headerMedia: Boolean(asked.template?.headerMedia),
    },
    conditions,
  )
  if (verdict !== null) throw refusalOf(verdict, channel.name, conditions)
}

function refusalOf(verdict: Restriction, channel: string, { limits, window }: ReplyConditions): Refusal {
  const { longestText, longestCaption, filesPerMessage } = limits
  switch (verdict) {
    case "too_long":
      return new Refusal(
        "invalid",
        "content_too_long",
        `content: must have at most ${longestText} characters (${longestCaption} with a file)`,
        {
          errors: [
            {
              path: "content",
              message: `must have at most ${longestText} characters, ${longestCaption} with a file`,
            },
          ],
        },
      )
    case "too_many_files":
      return invalidField(
        "attachmentIds",
        filesPerMessage === 1
          ? `must be one file: ${channel} takes one with each message`
          : `must be at most ${filesPerMessage} files: ${channel} takes no more with each message`,
      )
    case "header_file":
      return invalidField("attachmentIds", "must be one file if the template's header shows one, and none otherwise")
    case "window_closed":
      return new Refusal("conflict", "window_closed", undefined, {
        more: { templateNeeded: true, closedAt: window.closesAt?.toISOString() ?? null },
      })
    case "undeliverable":
    case "opted_out":
      return new Refusal("conflict", "undeliverable", undefined, { more: { reason: verdict } })
  }
}
