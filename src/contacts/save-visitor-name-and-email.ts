import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import { saveSaidEmail, storedIdentity } from "./identities/identity-store.ts"
import { type Identity, identityOf } from "./identities/normalize-address.ts"
import { lockContact } from "./contact-store.ts"

type Introduction = { name?: string | undefined; email?: string | undefined }

/**
 * Keeps what a visitor says of themselves: the name where nothing better is known, the e-mail as an identity that proves
 * nothing. A visitor who has not written yet is no contact: what they say comes with their first message.
 */
export async function fillInDetails(
  act: Act,
  visitor: Identity,
  { name = "", email = "" }: Introduction,
): Promise<void> {
  const row = name.trim() || email ? await storedIdentity(act, visitor) : null
  if (!row) return
  await lockContact(act, row.contactId)
  await nameContact(act.tx, row.contactId, { name, now: act.now })
  const said = identityOf(email, { kind: "email", scope: "" })
  const id = said && (await saveSaidEmail(act, row, said.value))
  if (!id) return
  const data = { identityKind: "email", identityId: id, proof: "visitor", isConfirmed: false }
  await record(act, "contact.identified", { subjectId: row.contactId, data })
}

/** Names a contact that has no name yet. */
export async function nameContact(from: Kysely<DB>, id: string, { name, now }: { name: string; now: Date }) {
  if (name.trim() === "") return
  await from
    .updateTable("contacts")
    .set({ name: name.trim(), updatedAt: now })
    .where("id", "=", id)
    .where("name", "=", "")
    .execute()
}
