import { record } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { endSessionsOf } from "./store/sessions.ts"
import { lockUser, saveUser } from "./store/users.ts"

/** An admin's doing: every session of the account ends. `passwordHash` is made before the transaction. */
export async function resetPassword(act: Act, id: string, passwordHash: string) {
  if (!(await lockUser(act, id))) throw notFound("user")
  await saveUser(act, id, { passwordHash })
  await endSessionsOf(act, id)
  await record(act, "user.password_reset", { subjectId: id })
}
