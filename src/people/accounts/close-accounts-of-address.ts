import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { revokeKeysOf } from "../api-keys/revoke-key.ts"
import { endSessionsOf } from "../sessions/session-store.ts"
import { endLinksTo } from "../sign-in/sign-in-link-store.ts"
import { lockUser, saveUser, userByEmail } from "./user-store.ts"

/**
 * The address is nobody's any more: what a customer opened with it ends for good. The account keeps its row, for words bear
 * its name, and releases the address: its next owner begins anew.
 */
export async function closeAccountsOf(act: Act, email: string): Promise<void> {
  await endLinksTo(act, email)
  const known = await userByEmail(act.tx, email)
  if (known?.role !== "user") return
  const before = (await lockUser(act, known.id))!
  const after = { email: `${before.id}@ended.invalid`, disabledAt: act.now }
  await saveUser(act, before.id, { ...after, passwordHash: null, contactId: null })
  await endSessionsOf(act, before.id)
  await revokeKeysOf(act, before.id)
  const fields = ["email"] as const
  await recordAdminAct(act, "user.disabled", {
    subjectId: before.id,
    name: before.name,
    before,
    after,
    fields,
    data: { disabled: true },
  })
}
