import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import { acceptSaid, confirmIdentity } from "./change-identities.ts"
import { identitiesOf, type IdentityRow, isSaidEmail } from "./identity-store.ts"
import { refuseChange } from "../visibility.ts"
import { lockContact } from "../contact-store.ts"

/** A lead or an admin says that an address is the contact's. Returns the contact's id. */
export async function confirmIdentityByStaff(
  act: Act,
  who: Principal,
  contactId: string,
  identityId: string,
): Promise<string> {
  const contact = await lockContact(act, contactId)
  await refuseChange(act, who, contact.id)
  const identity = await identityAmong(act, contact.id, identityId)
  if (identity.confirmedFor === contact.id) return contact.id
  if (isSaidEmail(identity)) await acceptSaid(act, identity)
  else await confirmIdentity(act, identity)
  const { kind, value } = identity
  await recordAdminAct(act, "contact.identity_confirmed", {
    subjectId: contact.id,
    name: contact.name,
    before: { [kind]: null },
    after: { [kind]: value },
    fields: [kind],
    data: { identityKind: kind, identityId },
  })
  return contact.id
}

async function identityAmong(act: Act, contactId: string, id: string): Promise<IdentityRow> {
  const found = (await identitiesOf(act, contactId)).find((one) => one.id === id)
  if (!found) throw notFound("identity")
  return found
}
