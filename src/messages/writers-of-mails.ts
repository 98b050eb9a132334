// What somebody is on a ticket of mails: its requester, a follower, or a stranger to it.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Counterpart } from "./insert-messages.ts"

/**
 * Whether the participant `k` of a mail thread gets no answers until they are added again: they were taken out, and no reply has brought
 * them back since, which is when they joined.
 */
export const isTakenOutSql = (k: string): string => `coalesce(${k}.removed_at >= ${k}.joined_at, false)`

/** What this address has written on a ticket is its requester's from now on, and what its requester wrote before is a follower's. */
export async function saveRequesterRole(act: Act, ticketId: string, address: string): Promise<void> {
  await sql`update message_mails w set writer_role = 'follower' from messages m left join contact_identities i on i.id = m.identity_id
    where m.id = w.message_id and m.ticket_id = ${ticketId} and w.writer_role = 'requester'
      and (i.kind = 'email' and i.value = ${address}) is not true`.execute(act.tx)
  await saveWriterRole(act, ticketId, { address, role: "requester" })
}

/** What somebody has written on a ticket is that of a follower, or of the requester, from now on. */
export async function saveWriterRole(
  act: Act,
  ticketId: string,
  { address, role }: { address: string; role: "requester" | "follower" },
): Promise<void> {
  await sql`update message_mails w set writer_role = ${role} from messages m, contact_identities i
    where m.id = w.message_id and m.ticket_id = ${ticketId} and i.id = m.identity_id and i.kind = 'email' and i.value = ${address}
      and w.writer_role <> ${role}`.execute(act.tx)
}

/** Has anything on the ticket come from this e-mail address? */
export async function hasWrittenOnTicket(act: Act, ticketId: string, address: string): Promise<boolean> {
  const { rows } = await sql`
    select from messages m join contact_identities i on i.id = m.identity_id
    where m.ticket_id = ${ticketId} and m.direction = 'in' and i.kind = 'email' and i.scope = '' and i.value = ${address}
    limit 1`.execute(act.tx)
  return rows.length > 0
}

/** Rows of a `Counterpart`: the requester of a ticket of mails who was chosen and has written none of them. */
export const silentRequesterSql = (ticketId: string) => sql<Counterpart>`
  select i.contact_id, i.id as identity_id, i.value as address
  from tickets t join contact_identities i on i.id = t.requester_identity_id and i.contact_id = t.contact_id
    and i.kind = 'email' and i.scope = ''
  where t.id = ${ticketId}
    and exists (select from messages m join message_mails w on w.message_id = m.id where m.ticket_id = t.id)
    and not exists (select from messages m join message_mails w on w.message_id = m.id
      where m.ticket_id = t.id and m.direction = 'in' and (m.identity_id = i.id or w.writer_role = 'requester'))`

/** To whom answers go until they write themselves; null where the requester has, or nobody chose them. */
export async function silentRequester(from: Kysely<DB>, ticketId: string): Promise<Counterpart | null> {
  const { rows } = await silentRequesterSql(ticketId).execute(from)
  return rows[0] ?? null
}
