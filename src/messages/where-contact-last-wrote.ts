// Where a contact last wrote to us, from which address and on which ticket.
import { type RawBuilder, sql } from "kysely"
import type { Counterpart } from "./insert-messages.ts"

export type LastHeard = Counterpart & { ticketId: string; connectionId: string; sentAt: Date }

/** SQL for the one place where `contact` last wrote, from an address that is theirs, on a connection that is in use. */
export const lastHeardSql = (contact: RawBuilder<unknown>) => sql<LastHeard>`
    select m.ticket_id, m.connection_id, i.contact_id, i.id as identity_id, coalesce(m.address, i.value) as address, m.sent_at
    from contact_identities i
      cross join lateral (select m.ticket_id, m.connection_id, m.address, m.sent_at from messages m
          join connections n on n.id = m.connection_id and n.enabled and n.deleted_at is null
          join tickets t on t.id = m.ticket_id and not t.is_group
        where m.identity_id = i.id and m.direction = 'in' and m.kind = 'message'
        order by m.sent_at desc limit 1) m
    where i.contact_id = ${contact} and i.confirmed_for = i.contact_id order by m.sent_at desc limit 1`
