import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

// With whom it was begun, of contacts that have become one, stays known while it is theirs.
const originIfSame = (contactId: string) =>
  sql<string | null>`case when contact_id = ${contactId} then origin_contact_id end`

/** A locked ticket is somebody else's from now on; what was exchanged with who it was stays theirs to read, message by message. */
export async function changeContact(
  act: Act,
  ticketId: string,
  { contactId, identityId }: { contactId: string; identityId: string | null },
): Promise<void> {
  await act.tx
    .updateTable("tickets")
    .set({ contactId, originContactId: originIfSame(contactId), requesterIdentityId: identityId, updatedAt: act.now })
    .where("id", "=", ticketId)
    .execute()
}
