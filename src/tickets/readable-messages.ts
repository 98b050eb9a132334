// Who may read a message is decided by the message: a merge across customers brings their words together, not their eyes.
import { type Database, type Param, statement } from "#kernel/db.ts"
import { can, isLinkViewer, type Viewer } from "#people/index.ts"
import { rootSql } from "./merge/ticket-holding-thread.ts"
import { exchangedSql, type ReadsSql, readsSql } from "./visible-tickets-conditions.ts"

const nothing = { contactIds: [], identityIds: [] }

/**
 * The condition over a message: staff read everything on a ticket that they see, a customer what was exchanged with them; who
 * came by a link, that too, and on the link's ticket alone.
 */
export function readableBy(p: Param, who: Viewer, message: string): string {
  if (!isLinkViewer(who) && can.beStaff(who)) return "true"
  const exchanged = exchangedWithSql(
    { ...readsSql(p, who.reads ?? nothing), contact: `${p(who.contactId ?? null)}::text` },
    message,
  )
  return isLinkViewer(who) ? `(${message}.ticket_id = ${rootSql(p(who.ticketId))} and ${exchanged})` : exchanged
}

/**
 * SQL: is the message no note, not taken back before it left, and exchanged with an address that is known to be theirs? Where none is known, with the contact
 * that they are known to be; and what else was written on a ticket is for the customer whose ticket that was.
 */
export function exchangedWithSql(reads: ReadsSql & { contact: string }, m: string): string {
  const { contact, contacts, identities } = reads
  return `(not ${m}.is_internal and ${m}.delivery_reason is distinct from 'cancelled' and case when ${m}.identity_id is not null then ${m}.identity_id = any(${identities})
    else coalesce(${m}.contact_id = any(${contacts}), false) or exists (
      select from tickets home where home.id = coalesce(${m}.origin_ticket_id, ${m}.ticket_id)
        and (${m}.contact_id is null or ${m}.contact_id = home.contact_id or ${m}.contact_id = home.origin_contact_id)
        and home.contact_id = ${contact} and ${exchangedSql(reads, "home")}) end)`
}

export async function mayRead(db: Database, who: Viewer, messageId: string): Promise<boolean> {
  const rows = await db.run<{ id: string }>(
    statement("", (p) => `select m.id from messages m where m.id = ${p(messageId)} and ${readableBy(p, who, "m")}`),
  )
  return rows.length > 0
}
