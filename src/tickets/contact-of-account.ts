import type { Act } from "#kernel/act.ts"
import { createContact, ensureContact, lockContactForShare, identityOf, storedIdentity } from "#contacts/index.ts"
import { accountOf, linkUserToContact } from "#people/index.ts"

/** The contact that a customer's account is: the one that has its e-mail as intake would find it, or a new one. */
export async function contactOfAccount(
  act: Act,
  userId: string,
): Promise<{ contactId: string; identityId: string | null }> {
  const account = await accountOf(act, userId)
  if (!account) throw new Error("an account without a row acts")
  const { email, name } = account
  const identity = identityOf(email, { kind: "email", scope: "" })
  const found = identity
    ? await ensureContact(act, { identity, name, proof: "staff", isOwn: true }, false)
    : (account.contactId ?? (await createContact(act, { name })))
  const contactId = await lockContactForShare(act, found)
  if (contactId !== account.contactId) await linkUserToContact(act, userId, contactId)
  return { contactId, identityId: identity && ((await storedIdentity(act, identity))?.id ?? null) }
}
