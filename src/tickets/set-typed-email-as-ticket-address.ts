import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/** SQL: an e-mail that staff typed on the contact and nobody has used; a merge brings none, for that is somebody's, nor a ticket. */
export const typedEmailSql = (e: string) =>
  `${e}.kind = 'email' and ${e}.scope = '' and ${e}.proof = 'staff' and ${e}.confirmed_for is null`

/**
 * The newest e-mail that staff typed on its contact becomes the address that the ticket is for, so that a reply can leave. It
 * opens this ticket alone; for one that reaches nobody else, whatever stands on it was written by staff.
 */
export async function adoptNewestEmail(act: Act, ticketId: string): Promise<void> {
  await sql`update tickets t set requester_identity_id = (
      select id from contact_identities e where e.contact_id = t.contact_id and ${sql.raw(typedEmailSql("e"))}
      order by e.created_at desc, e.id desc limit 1)
    where t.id = ${ticketId}`.execute(act.tx)
}
