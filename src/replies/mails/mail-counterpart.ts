// With whom a mail of ours is exchanged, where its writer has said whom it goes to.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { type Counterpart, noCounterpart } from "#messages/index.ts"
import type { GivenRecipients, Recipient } from "./reply-recipients.ts"

/**
 * Who wrote last, where it goes to them; else the first whom it does go to. Who is nobody's contact reads nothing here, and the requester
 * does.
 */
export async function counterpartOf(
  act: Act,
  last: Counterpart,
  recipients: readonly Recipient[],
  contactId: string | null,
): Promise<Counterpart> {
  const visible = recipients.filter(({ role }) => role !== "bcc")
  if (visible.some(({ address }) => address === last.address)) return last
  const { address } = visible[0]!
  const identity = identityOf(address, { kind: "email", scope: "" })
  const stored = identity && (await storedIdentity(act, identity))
  return stored ? { contactId: stored.contactId, identityId: stored.id, address } : { ...noCounterpart, contactId }
}

/** Refuses (400) what says something of a mail where a reply leaves as none. */
export function refuseMailFields(given: GivenRecipients & { quote?: boolean | undefined }): void {
  for (const field of ["to", "cc", "bcc", "from", "quote"] as const)
    if (given[field] !== undefined) throw invalidField(field, "is for tickets that are answered by mail")
}
