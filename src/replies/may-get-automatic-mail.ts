// Automatic texts that leave as mails could be answered by other machines for ever.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { channels } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import type { Counterpart } from "#messages/index.ts"

const mostAnHour = 3

type AutomaticMail = {
  ticketId: string
  connection: Pick<ConnectionRow, "kind">
  to: Counterpart
  /** It follows what somebody wrote, and nothing that people did. */
  isAnswer: boolean
}

/**
 * Not to a machine (RFC 3834); one answer for each ticket and address; three mails an hour for an address on the whole desk. Other channels
 * have no such machines.
 */
export async function mayGetAutomaticMail(
  act: Act,
  { ticketId, connection, to, isAnswer }: AutomaticMail,
): Promise<boolean> {
  if (!channels[connection.kind]?.ownAddresses) return true
  const { rows } = await sql<{ isPerson: boolean | null; onTicket: number; lately: number }>`
    select (select w.automatic = 'no' from messages m join message_mails w on w.message_id = m.id
        where m.ticket_id = ${ticketId} and m.direction = 'in' order by m.position desc limit 1) as is_person,
      count(*) filter (where m.ticket_id = ${ticketId})::int as on_ticket,
      count(*) filter (where m.created_at > ${act.now}::timestamptz - interval '1 hour')::int as lately
    from messages m where m.identity_id = ${to.identityId} and m.direction = 'out' and m.sender_kind <> 'user'`.execute(
    act.tx,
  )
  const { isPerson, onTicket, lately } = rows[0]!
  return isPerson === true && !(isAnswer && onTicket > 0) && lately < mostAnHour
}
