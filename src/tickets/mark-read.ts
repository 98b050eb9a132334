import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { saveUnread } from "./ticket-store.ts"
import { type TicketRow } from "./ticket-row.ts"

/**
 * Somebody of the staff has seen a locked ticket's messages up to this one (400 when it is not the ticket's), or all. Seeing
 * them twice changes nothing.
 */
export async function markRead(
  act: Act,
  ticket: Pick<TicketRow, "id" | "unreadMessages">,
  lastSeenId?: string,
): Promise<void> {
  const after = lastSeenId === undefined ? 0 : await countReceivedAfter(act, ticket.id, lastSeenId)
  if (after >= ticket.unreadMessages) return
  await saveUnread(act, ticket.id, after)
  await record(act, "ticket.read", {
    ticketId: ticket.id,
    ...(lastSeenId !== undefined && { subjectId: lastSeenId }),
    ...(after > 0 && { data: { unread: after } }),
  })
}

/** Of the messages that stand after this one, the number of those that counted as unread when they came in. */
async function countReceivedAfter(act: Act, ticketId: string, messageId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (select count(*)::int from messages m
        join events e on e.subject_id = m.id and e.ticket_id = coalesce(m.origin_ticket_id, m.ticket_id) and e.kind = 'message.received'
      where m.ticket_id = s.ticket_id and m.direction = 'in' and m.kind = 'message' and m.position > s.position) as n
    from messages s where s.id = ${messageId} and s.ticket_id = ${ticketId}`.execute(act.tx)
  if (!rows[0]) throw invalidField("lastSeenMessageId", "is not a message of this ticket")
  return rows[0].n
}
