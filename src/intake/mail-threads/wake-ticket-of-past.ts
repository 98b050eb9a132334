// A ticket of mails that were there before the mailbox was connected disturbed nobody. Once its customer writes, it is like a new one.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"

/** Has somebody looked for, where the message is the first of now on a ticket of the past that nobody has. */
export async function wakeTicketOfPast(act: Act, ticketId: string, messageId: string): Promise<void> {
  const { rows } = await sql`
    select from tickets t where t.id = ${ticketId} and t.active and t.assignee_id is null
      and exists (select from events e where e.ticket_id = t.id and e.kind = 'ticket.created' and e.data ->> 'silent' = 'true')
      and not exists (select from messages m join message_mails w on w.message_id = m.id
        where m.ticket_id = t.id and m.direction = 'in' and m.kind = 'message' and m.id <> ${messageId} and not w.is_silent)`.execute(
    act.tx,
  )
  if (rows.length > 0) await record(act, "ticket.freed", { ticketId, data: { awoken: true } })
}
