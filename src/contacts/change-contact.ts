import { isDeepStrictEqual } from "node:util"
import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import type { changeBody } from "./api-contract.ts"
import {
  addIdentities,
  removeIdentitiesById,
  removeIdentity,
  replaceIdentities,
} from "./identities/change-identities.ts"
import { identitiesOf } from "./identities/identity-store.ts"
import { refuseChange, refuseUnreachableIdentity } from "./visibility.ts"
import { type ContactRow, lockContact, removeContact, saveContact } from "./contact-store.ts"

/** Changes what is given and differs; what was merged away is changed where it went. Returns the contact's id. */
export async function changeContact(
  act: Act,
  who: Principal,
  id: string,
  { identities, addIdentities: added, removeIdentityIds, ...fields }: z.output<typeof changeBody>,
): Promise<string> {
  const row = await lockContact(act, id)
  await refuseChange(act, who, row.id)
  if (fields.blocked !== undefined && fields.blocked !== row.blocked)
    await refuseUnreachableIdentity(act, who, row.id, "blocked")
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && !isDeepStrictEqual(value, row[key as keyof ContactRow])
  const set = Object.fromEntries(Object.entries(fields).filter(differs))
  const isReplaced = identities !== undefined && (await replaceIdentities(act, row, identities))
  const isRemoved = removeIdentityIds !== undefined && (await removeIdentitiesById(act, row.id, removeIdentityIds))
  // After what is taken away: an address that takes the place of another comes in the same request.
  const isAdded = added !== undefined && (await addIdentities(act, row, added))
  const changes = [...Object.keys(set), ...(isReplaced || isRemoved || isAdded ? ["identities"] : [])]
  if (changes.length === 0) return row.id
  await saveContact(act, row.id, set)
  await record(act, "contact.changed", { subjectId: row.id, data: { changes } })
  return row.id
}

/** Deletes a contact that nothing needs any more: the foreign keys know whether a ticket does, without a look. */
export async function deleteContact(act: Act, who: Principal, id: string): Promise<void> {
  const row = await lockContact(act, id)
  await refuseChange(act, who, row.id)
  if (row.id !== id) throw new Refusal("conflict", "in_use", `It was merged into ${row.id}`)
  for (const identity of await identitiesOf(act, id)) await removeIdentity(act, identity)
  try {
    await removeContact(act, id)
  } catch (error) {
    if ((error as { code?: string }).code !== "23503") throw error
    throw new Refusal("conflict", "in_use", "Tickets or campaigns belong to this contact")
  }
  await record(act, "contact.deleted", { subjectId: id })
}
