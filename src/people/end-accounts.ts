import { recordAdmin } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { revokeKeysOf } from "./revoke-key.ts"
import { endSessionsOf } from "./store/sessions.ts"
import { endLinksTo } from "./store/sign-in-links.ts"
import { lockUser, saveUser, userByEmail } from "./store/users.ts"

/**
 * The address is nobody's any more: what a customer opened with it ends for good. The account keeps its row, for words bear
 * its name, and lets go of the address: whoever has that later begins anew.
 */
export async function endAccountsOf(act: Act, email: string): Promise<void> {
  await endLinksTo(act, email)
  const known = await userByEmail(act.tx, email)
  if (known?.role !== "user") return
  const before = (await lockUser(act, known.id))!
  const after = { email: `${before.id}@ended.invalid`, disabledAt: act.now }
  await saveUser(act, before.id, { ...after, passwordHash: null, contactId: null })
  await endSessionsOf(act, before.id)
  await revokeKeysOf(act, before.id)
  const fields = ["email"] as const
  await recordAdmin(act, "user.disabled", {
    subjectId: before.id,
    name: before.name,
    before,
    after,
    fields,
    data: { disabled: true },
  })
}
