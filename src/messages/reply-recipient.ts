// With whom a ticket speaks: where a reply goes.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { channels } from "#channels/index.ts"
import { type Counterpart, noCounterpart } from "./insert-messages.ts"
import { silentRequester, silentRequesterSql } from "./writers-of-mails.ts"

type From = Kysely<DB>

/** "kind kindOfAddress" of each way to write to somebody, whatever connection the address is of, or on its own only. */
const waysTo = (where: "anywhere" | "here") =>
  Object.entries(channels).flatMap(([kind, { reach }]) => reach[where].map((address) => `${kind} ${address}`))

// Who came into a mail thread by a token and takes no part in it gets nothing.
const notOfStranger = sql`not exists (select from message_mails w where w.message_id = m.id and w.writer_role = 'stranger')`

// An e-mail with a scope is what a visitor of a chat said it was.
const notTyped = "(i.kind <> 'email' or i.scope = '')"

/** The columns of a ticket that decide with whom it is exchanged. */
type Thread = { id: string; connectionId: string | null; contactId: string | null }

/**
 * Whom a reply on this ticket goes to. Of mails on which its requester has written none: the requester. On a connection: the address
 * from which the customer last wrote on the ticket; else the one we last wrote to; else the one from which its contact last wrote anywhere
 * on the connection; else the first that the connection can reach. What is no longer that person's is passed over, and a number that has
 * become another one leads there. Without a connection: the last to write, else the ticket's contact.
 */
export async function replyRecipient(from: From, { id, connectionId, contactId }: Thread): Promise<Counterpart> {
  if (connectionId === null) {
    const writer = (await silentRequester(from, id))?.contactId ?? (await lastWriterOf(from, id))
    return { ...noCounterpart, contactId: writer ?? contactId }
  }
  const said = (where: ReturnType<typeof sql>) => sql`(select m.contact_id, m.identity_id, m.address, m.created_at
    from messages m join contact_identities i on i.id = m.identity_id
    where ${where} and m.connection_id = ${connectionId} and m.kind = 'message' and ${notOfStranger}
      and m.delivery_reason is distinct from 'cancelled'
      and i.contact_id = (select coalesce(merged_into, id) from contacts where id = m.contact_id)
    order by m.position desc limit 1)`
  const { rows } = await sql<Counterpart>`
    with known as (
      select 1 as place, s.* from ${said(sql`m.ticket_id = ${id} and m.direction = 'in'`)} s
      union all select 2, s.* from ${said(sql`m.ticket_id = ${id} and m.direction = 'out' and not m.is_internal`)} s
      union all select 3, s.* from ${said(sql`i.contact_id = ${contactId} and m.direction = 'in'`)} s
      union all select 0, r.*, now() from (${silentRequesterSql(id)}) r join connections n on n.id = ${connectionId}
        where n.kind || ' email' = any(${waysTo("anywhere")})
      union all select 4, i.contact_id, i.id, i.value, now() from contact_identities i join connections n on n.id = ${connectionId}
        where i.contact_id = ${contactId} and (n.kind || ' ' || i.kind = any(${waysTo("anywhere")}) and ${sql.raw(notTyped)}
          or n.kind || ' ' || i.kind = any(${waysTo("here")}) and i.scope = n.id)),
    best as (select k.* from known k join contact_identities i on i.id = k.identity_id
      order by k.place, (i.scope = ${connectionId}) desc, (i.kind = 'phone') desc, i.created_at, i.id limit 1)
    select i.contact_id, coalesce(r.id, b.identity_id) as identity_id, coalesce(r.value, b.address) as address
    from best b join contact_identities i on i.id = b.identity_id
      left join contact_identities r on r.id = i.replaced_by and r.contact_id = i.contact_id and i.replaced_at >= b.created_at`.execute(
    from,
  )
  return rows[0] ?? { ...noCounterpart, contactId }
}

/** By mail its requester alone: what is answered there goes to no follower, and never to a stranger. */
async function lastWriterOf(from: From, ticketId: string): Promise<string | null> {
  const { rows } = await sql<{ contactId: string | null }>`
    select coalesce((select m.contact_id from messages m where m.ticket_id = t.id and m.direction = 'in' and m.kind = 'message'
      and m.contact_id is not null and not exists (select from message_mails w where w.message_id = m.id and w.writer_role <> 'requester') order by m.position desc limit 1), t.origin_contact_id) as contact_id
    from tickets t where t.id = ${ticketId}`.execute(from)
  return rows[0]?.contactId ?? null
}
