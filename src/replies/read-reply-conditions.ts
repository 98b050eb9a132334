import type { Database } from "#kernel/db.ts"
import { type ReplyLimits, replyWindow } from "#channels/index.ts"
import { refusesMarketing } from "#contacts/index.ts"
import { contactHistory, type ReplyLine } from "#messages/index.ts"
import type { ReplyConditions } from "./check-reply-restrictions.ts"

/** What is known of an address on a connection whose channel has such limits. */
export async function replyConditions(
  from: Database["kysely"],
  line: ReplyLine,
  limits: ReplyLimits,
  now: Date,
): Promise<ReplyConditions> {
  const [{ lastInboundAt, lastFailure }, isRefused] = await Promise.all([
    contactHistory(from, line),
    refusesMarketing(from, line.identityId),
  ])
  const window = replyWindow(lastInboundAt, limits.windowMs, now)
  return { limits, window, lastFailure, refusesMarketing: isRefused }
}
