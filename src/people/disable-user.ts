import { record } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { refuseLastAdmin } from "./change-user.ts"
import { endSessionsOf } from "./store/sessions.ts"
import { lockUser, saveUser } from "./store/users.ts"

/** Nobody is deleted: their tickets and words keep their name. Sessions end, keys rest until the account is enabled. */
export async function disableUser(act: Act, id: string) {
  await refuseLastAdmin(act, id)
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt !== null) return
  await saveUser(act, id, { disabledAt: act.now })
  await endSessionsOf(act, id)
  await record(act, "user.disabled", { subjectId: id, data: { disabled: true } })
}

export async function enableUser(act: Act, id: string) {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt === null) return
  await saveUser(act, id, { disabledAt: null })
  await record(act, "user.disabled", { subjectId: id, data: { disabled: false } })
}
