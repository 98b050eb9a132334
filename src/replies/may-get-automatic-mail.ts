// Automatic texts that leave as mails could be answered by other machines for ever.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { channels } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { type Counterpart, takenBackOrForwardedSql } from "#messages/index.ts"

const mostAnHour = 3

type AutomaticMail = {
  ticketId: string
  connection: Pick<ConnectionRow, "kind">
  to: Counterpart
  /** It follows what somebody wrote, and nothing that people did. */
  isAnswer: boolean
}

type Facts = {
  isPerson: boolean | null
  isOld: boolean | null
  /** By staff, since the customer's last message. */
  isAnswered: boolean
  onTicket: number
  lately: number
}

/** Why an automatic mail is held back. */
export type AutomaticMailRefusal = "not_a_person" | "before_mailbox" | "answered_once" | "mailed_often"

/**
 * Not to a machine (RFC 3834), and nothing about what came before the mailbox was connected, but where staff have answered it; one answer
 * for each ticket and address; three mails an hour for an address on the whole desk. Other channels have no such machines. Null: it may go.
 */
export async function automaticMailRefusal(
  act: Act,
  { ticketId, connection, to, isAnswer }: AutomaticMail,
): Promise<AutomaticMailRefusal | null> {
  if (!channels[connection.kind]?.ownAddresses) return null
  const { rows } = await sql<Facts>`
    with last as (select m.position, w.is_silent, w.automatic from messages m join message_mails w on w.message_id = m.id
      where m.ticket_id = ${ticketId} and m.direction = 'in' order by m.position desc limit 1)
    select (select automatic = 'no' from last) as is_person,
      (select is_silent from last) as is_old,
      exists (select from messages a where a.ticket_id = ${ticketId} and a.direction = 'out' and a.sender_kind = 'user'
        and not a.is_internal and not ${sql.raw(takenBackOrForwardedSql("a"))} and a.position > (select position from last)) as is_answered,
      count(*) filter (where m.ticket_id = ${ticketId})::int as on_ticket,
      count(*) filter (where m.created_at > ${act.now}::timestamptz - interval '1 hour')::int as lately
    from messages m where m.identity_id = ${to.identityId} and m.direction = 'out' and m.sender_kind <> 'user'`.execute(
    act.tx,
  )
  const { isPerson, isOld, isAnswered, onTicket, lately } = rows[0]!
  if (isPerson !== true) return "not_a_person"
  if (isOld === true && (isAnswer || !isAnswered)) return "before_mailbox"
  if (isAnswer && onTicket > 0) return "answered_once"
  return lately >= mostAnHour ? "mailed_often" : null
}
