// More addresses of somebody we know.
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#events/index.ts"
import type { Identity } from "./match.ts"
import { insertIdentities } from "./store.ts"

/** Gives a contact one more identity. A race for it shows as a unique violation. */
export async function linkIdentity(act: Act, contactId: string, { kind, scope, value }: Identity): Promise<void> {
  await insertIdentities(act, [{ id: newId("idn"), contactId, kind, scope, value, createdAt: act.now }])
  await record(act, "contact.identified", { subjectId: contactId, data: { identityKind: kind } })
}

/** Takes an identity from whoever has it: a phone number that somebody else has got. */
export async function moveIdentity(act: Act, { kind, scope, value, also }: Identity, contactId: string): Promise<void> {
  await act.tx
    .updateTable("contactIdentities")
    .set({ contactId })
    .where("kind", "=", kind)
    .where("scope", "=", scope)
    .where("value", "in", [value, ...also])
    .execute()
  await record(act, "contact.identified", { subjectId: contactId, data: { identityKind: kind } })
}

/** Has the contact an identity of this kind and scope, other than this one? */
export async function hasAnother(act: Act, contactId: string, { kind, scope, value }: Identity): Promise<boolean> {
  const other = await act.tx
    .selectFrom("contactIdentities")
    .select("id")
    .where("contactId", "=", contactId)
    .where("kind", "=", kind)
    .where("scope", "=", scope)
    .where("value", "<>", value)
    .executeTakeFirst()
  return other !== undefined
}
