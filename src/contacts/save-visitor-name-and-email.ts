import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import { isLanguage } from "./api-contract.ts"
import { savePage, saveSaidEmail, storedIdentity } from "./identities/identity-store.ts"
import { type Identity, identityOf } from "./identities/normalize-address.ts"
import { lockContact } from "./contact-store.ts"

type VisitorDetails = {
  name?: string | undefined
  email?: string | undefined
  language?: string | undefined
  /** On which page they write, and from which they came there. */
  page?: string | null
  referrer?: string | null
}

/**
 * Keeps what a visitor and their browser say: the name and the language where nothing better is known, the e-mail as an identity
 * that proves nothing. A visitor who has not written yet is no contact: what they say comes with their first message.
 */
export async function fillInDetails(act: Act, visitor: Identity, details: VisitorDetails): Promise<void> {
  const { name = "", email = "", language = "", page = null, referrer = null } = details
  const isAny = name.trim() !== "" || email !== "" || language !== "" || page !== null || referrer !== null
  const row = isAny ? await storedIdentity(act, visitor) : null
  if (!row) return
  await lockContact(act, row.contactId)
  await nameContact(act.tx, row.contactId, { name, now: act.now })
  if (isLanguage(language)) await saveFirstLanguage(act, row.contactId, language)
  if (page !== null || referrer !== null) await savePage(act, row.id, { page, referrer })
  const said = identityOf(email, { kind: "email", scope: "" })
  const id = said && (await saveSaidEmail(act, row, said.value))
  if (!id) return
  const data = { identityKind: "email", identityId: id, proof: "visitor", isConfirmed: false }
  await record(act, "contact.identified", { subjectId: row.contactId, data })
}

async function saveFirstLanguage(act: Act, id: string, language: string) {
  await act.tx
    .updateTable("contacts")
    .set({ language, updatedAt: act.now })
    .where("id", "=", id)
    .where("language", "is", null)
    .execute()
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
