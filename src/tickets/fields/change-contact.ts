import type { Act } from "#kernel/act.ts"

/** A locked ticket is somebody else's from now on; what was exchanged with who it was stays theirs to read, message by message. */
export async function changeContact(
  act: Act,
  ticketId: string,
  { contactId, identityId }: { contactId: string; identityId: string | null },
): Promise<void> {
  await act.tx
    .updateTable("tickets")
    .set({ contactId, originContactId: null, requesterIdentityId: identityId, updatedAt: act.now })
    .where("id", "=", ticketId)
    .execute()
}
