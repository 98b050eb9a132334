import { recordAdmin } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { refuseKey } from "./by-key.ts"
import { refuseLastAdmin } from "./change-user.ts"
import { endPasswordLinksOf } from "./store/password-links.ts"
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
  await endPasswordLinksOf(act, id)
  await told(act, user, { disabled: true })
}

/** Refuses (403) a key that would let staff in again. */
export async function enableUser(act: Act, id: string) {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt === null) return
  if (user.role !== "user") refuseKey(act, "lets no staff in again")
  await saveUser(act, id, { disabledAt: null })
  await told(act, user, { disabled: false })
}

const told = (act: Act, { id, name }: { id: string; name: string }, after: { disabled: boolean }) =>
  recordAdmin(act, "user.disabled", {
    subjectId: id,
    name,
    before: { disabled: !after.disabled },
    after,
    fields: ["disabled"],
    data: after,
  })
