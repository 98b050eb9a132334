// The customer sees that we have read, and that somebody is writing, where the channel shows it; lost marks are not worth a second try.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { connectionById, decryptAccount } from "#connections/index.ts"
import { channels, kindsOf } from "#channels/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { contactHistory, replyRecipient } from "#messages/index.ts"
import { threadOf } from "./thread-and-address-lookups.ts"

export function markReadJob(kit: Kit): Job {
  return {
    name: "mark-read",
    worthwhile: async (tx, payloads) => {
      const ids = payloads.flatMap(({ ticketId }) => (typeof ticketId === "string" ? [ticketId] : []))
      const ours = await ticketsWithReadReceipts(tx, ids)
      return payloads.filter(({ ticketId }) => typeof ticketId === "string" && ours.has(ticketId))
    },
    run: async (payload) => {
      const { ticketId, subjectId } = payload as ReactionPayload
      if (ticketId !== null) await sendReadReceipts(kit, ticketId, { isTyping: false, lastSeenId: subjectId })
    },
  }
}

/** Marks the newest message of theirs as read, or the newest that was on the screen with this one. True when the channel took the mark. */
export async function sendReadReceipts(
  kit: Kit,
  ticketId: string,
  { isTyping, lastSeenId = null }: { isTyping: boolean; lastSeenId?: string | null },
): Promise<boolean> {
  const thread = await threadOf(kit.db.kysely, ticketId)
  const connection = thread?.connectionId ? await connectionById(kit.db.kysely, thread.connectionId) : undefined
  // Groups know no read marks of ours.
  const { sendReadReceipt: send, signal } = (connection?.enabled && channels[connection.kind]) || {}
  if (!thread || thread.isGroup || !connection || (!send && !signal)) return false
  const { identityId } = await replyRecipient(kit.db.kysely, thread)
  if (signal && identityId !== null) signal(kit.db, identityId, isTyping ? "typing" : "read")
  if (!send) return signal !== undefined
  const { lastInboundExternalId } = await contactHistory(kit.db.kysely, { ...thread, identityId }, lastSeenId)
  if (lastInboundExternalId === null) return false
  return send(decryptAccount(kit, connection), lastInboundExternalId, isTyping)
}

/** Of these tickets, the ones whose contact can be shown that we have read. */
async function ticketsWithReadReceipts(tx: Act["tx"], ticketIds: string[]) {
  const rows = await sql<{ id: string }>`
    select t.id from tickets t join connections n on n.id = t.connection_id
    where t.id = any(${ticketIds}) and n.kind = any(${kindsOf(({ sendReadReceipt, signal }) => sendReadReceipt ?? signal)}) and n.enabled and not t.is_group`.execute(
    tx,
  )
  return new Set(rows.rows.map(({ id }) => id))
}
