// The customer sees that we have read, and that somebody is writing. WhatsApp only; lost marks are not worth a second try.
import type { Kit } from "#kernel/answer.ts"
import type { Job } from "#kernel/jobs.ts"
import { connectionById, markRead, senderOf } from "#connections/index.ts"
import type { ReactionPayload } from "#events/index.ts"
import { correspondenceOf, counterpartOf } from "#messages/index.ts"
import { threadOf, ticketsOnWhatsApp } from "./store.ts"

export function markReadJob(kit: Kit): Job {
  return {
    name: "mark-read",
    worthwhile: async (tx, payloads) => {
      const ids = payloads.flatMap(({ ticketId }) => (typeof ticketId === "string" ? [ticketId] : []))
      const ours = await ticketsOnWhatsApp(tx, ids)
      return payloads.filter(({ ticketId }) => typeof ticketId === "string" && ours.has(ticketId))
    },
    run: async (payload) => {
      const { ticketId } = payload as ReactionPayload
      if (ticketId !== null) await showRead(kit, ticketId, { isTyping: false })
    },
  }
}

/** Marks the newest message of theirs as read. True when the channel took the mark. */
export async function showRead(kit: Kit, ticketId: string, { isTyping }: { isTyping: boolean }): Promise<boolean> {
  const thread = await threadOf(kit.db.kysely, ticketId)
  const connection = thread?.connectionId ? await connectionById(kit.db.kysely, thread.connectionId) : undefined
  // Groups know no read marks of ours.
  if (!thread || thread.isGroup || connection?.kind !== "whatsapp" || !connection.enabled) return false
  const { identityId } = await counterpartOf(kit.db.kysely, thread)
  const { lastInboundExternalId } = await correspondenceOf(kit.db.kysely, { ...thread, identityId })
  if (lastInboundExternalId === null) return false
  return (await markRead(senderOf(kit, connection), lastInboundExternalId, isTyping)).state === "ok"
}
