// A ticket of mails that were there before the mailbox was connected disturbed nobody. Once its customer writes, it is like a new one.
import type { Act } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { statement } from "#kernel/db.ts"
import { record } from "#event-log/index.ts"

/** Of these tickets those that nobody has, and that no message of now has come to yet. */
export async function findTicketsOfPast(run: RunStatement, ticketIds: readonly string[]): Promise<Set<string>> {
  if (ticketIds.length === 0) return new Set()
  const rows = await run<{ id: string }>(
    statement(
      "tickets-of-past",
      (
        p,
      ) => `select t.id from tickets t where t.id = any(${p(ticketIds)}::text[]) and t.active and t.assignee_id is null
        and exists (select from events e where e.ticket_id = t.id and e.kind = 'ticket.created' and e.data ->> 'silent' = 'true')
        and not exists (select from messages m join message_mails w on w.message_id = m.id
          where m.ticket_id = t.id and m.direction = 'in' and m.kind = 'message' and not w.is_silent)`,
    ),
  )
  return new Set(rows.map(({ id }) => id))
}

/** Has somebody looked for: its first message of now is there. */
export const wakeTicketOfPast = (act: Act, ticketId: string) =>
  record(act, "ticket.freed", { ticketId, data: { awoken: true } })
