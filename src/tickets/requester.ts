import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/**
 * The newest e-mail of its contact becomes the address that the ticket is for, so that a reply can leave. It opens this
 * ticket alone; for one that reaches nobody else, whatever stands on it was written by staff.
 */
export async function adoptNewestEmail(act: Act, ticketId: string): Promise<void> {
  await sql`update tickets t set requester_identity_id = (
      select id from contact_identities e where e.contact_id = t.contact_id and e.kind = 'email'
      order by e.created_at desc, e.id desc limit 1)
    where t.id = ${ticketId}`.execute(act.tx)
}
