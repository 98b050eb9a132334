import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { revokeKeysOf } from "../api-keys/revoke-key.ts"
import { endPasswordLinksOf } from "./password-link-store.ts"
import { endSessionsOf } from "../sessions/session-store.ts"
import { lockUser, saveUser } from "../accounts/user-store.ts"

/**
 * An admin's doing: every session, open link and API key of the account ends. `passwordHash` is made before the transaction.
 * Refuses (403) to give staff their first one: they come in by a link of their own.
 */
export async function resetPassword(act: Act, id: string, passwordHash: string) {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.role !== "user" && user.passwordHash === null)
    throw new Refusal("forbidden", "forbidden", "Staff choose their own first password: invite them")
  await saveUser(act, id, { passwordHash })
  await endPasswordLinksOf(act, id)
  await endSessionsOf(act, id)
  if (act.actor.id !== id) await revokeKeysOf(act, id)
  const change = { name: user.name, before: {}, after: {}, fields: [], touched: ["password"], data: {} }
  await recordAdminAct(act, "user.password_reset", { subjectId: id, ...change })
}
