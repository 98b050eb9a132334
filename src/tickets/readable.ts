// Who may read a message is decided by the message: a merge across customers brings their words together, not their eyes.
import { type Database, type Param, statement } from "#kernel/db.ts"
import { can, type Principal } from "#people/index.ts"

/**
 * The condition over a message: staff read everything on a ticket that they see; a customer what was exchanged with the
 * contact that they are, or with one that has become it, and no notes. What was exchanged with nobody in particular is for
 * whose ticket it was written on.
 */
export function readableBy(p: Param, who: Principal, message: string): string {
  if (can.beStaff(who)) return "true"
  const own = p(who.contactId ?? null)
  return `(not ${message}.is_internal and (${message}.contact_id = any(array(
      select id from contacts where id = ${own} union all select id from contacts where merged_into = ${own}))
    or ${message}.contact_id is null and exists (select from tickets o
      where o.id = coalesce(${message}.origin_ticket_id, ${message}.ticket_id) and o.contact_id = ${own})))`
}

export async function mayRead(db: Database, who: Principal, messageId: string): Promise<boolean> {
  const rows = await db.run<{ id: string }>(
    statement("", (p) => `select m.id from messages m where m.id = ${p(messageId)} and ${readableBy(p, who, "m")}`),
  )
  return rows.length > 0
}
