import { recordAdmin } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { endSessionsOf } from "./store/sessions.ts"
import { lockUser, saveUser } from "./store/users.ts"

/** An admin's doing: every session of the account ends. `passwordHash` is made before the transaction. */
export async function resetPassword(act: Act, id: string, passwordHash: string) {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  await saveUser(act, id, { passwordHash })
  await endSessionsOf(act, id)
  const told = { name: user.name, before: {}, after: {}, fields: [], touched: ["password"], data: {} }
  await recordAdmin(act, "user.password_reset", { subjectId: id, ...told })
}
