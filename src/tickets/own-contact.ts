import type { Act } from "#kernel/act.ts"
import { contactOf, createContact, ensureContact, holdContact, identityOf } from "#contacts/index.ts"
import { accountOf, beContact } from "#people/index.ts"

/** The contact that a customer's account is: found by its e-mail as intake would find it, or made, and kept from then on. */
export async function ownContact(act: Act, userId: string): Promise<string> {
  const account = await accountOf(act, userId)
  if (!account) throw new Error("an account without a row acts")
  if (account.contactId !== null) return holdContact(act, account.contactId)
  const { email, name } = account
  const identity = identityOf(email, { kind: "email", scope: "" })
  const known = identity && (await contactOf(act, identity))
  const made = () => (identity ? ensureContact(act, { identity, name }, false) : createContact(act, { name }))
  const contactId = await holdContact(act, known ?? (await made()))
  await beContact(act, userId, contactId)
  return contactId
}
