import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import { refuseApiKey } from "../api-keys/refuse-api-keys.ts"
import { refuseLastAdmin } from "./change-user.ts"
import { endPasswordLinksOf } from "../sign-in/password-link-store.ts"
import { endSessionsOf } from "../sessions/session-store.ts"
import { lockUser, saveUser } from "./user-store.ts"

/** Nobody is deleted: their tickets and words keep their name. Sessions end, keys rest until the account is enabled. */
export async function disableUser(act: Act, id: string) {
  await refuseLastAdmin(act, id)
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt !== null) return
  await saveUser(act, id, { disabledAt: act.now })
  await endSessionsOf(act, id)
  await endPasswordLinksOf(act, id)
  await recordChange(act, user, { disabled: true })
}

/** Refuses (403) a key that would let staff in again. */
export async function enableUser(act: Act, id: string) {
  const user = await lockUser(act, id)
  if (!user) throw notFound("user")
  if (user.disabledAt === null) return
  if (user.role !== "user") refuseApiKey(act, "lets no staff in again")
  await saveUser(act, id, { disabledAt: null })
  await recordChange(act, user, { disabled: false })
}

const recordChange = (act: Act, { id, name }: { id: string; name: string }, after: { disabled: boolean }) =>
  recordAdminAct(act, "user.disabled", {
    subjectId: id,
    name,
    before: { disabled: !after.disabled },
    after,
    fields: ["disabled"],
    data: after,
  })
