import { record } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import type { Language } from "#texts/contract.ts"
import { changedNames, defined } from "./changes.ts"
import { startSession } from "./sign-in.ts"
import { endPasswordLinksOf } from "./store/password-links.ts"
import { endSessionsOf } from "./store/sessions.ts"
import { lockUser, saveUser } from "./store/users.ts"

export type MyChanges = {
  name?: string | undefined
  language?: Language | undefined
  timezone?: string | undefined
  /** Made by `hashPassword` after the current password was verified, both before the transaction. */
  passwordHash?: string | undefined
}

/** A new password ends every session and open link of the account; the token of the one that goes on is returned. */
export async function changeMe(act: Act, id: string, { passwordHash, ...fields }: MyChanges): Promise<string | null> {
  const before = (await lockUser(act, id))!
  const changed = changedNames(fields, before)
  if (passwordHash !== undefined) changed.push("password")
  if (changed.length === 0) return null
  await saveUser(act, id, { ...defined(fields), ...(passwordHash !== undefined && { passwordHash }) })
  await record(act, "user.changed", { subjectId: id, data: { changes: changed, role: before.role } })
  if (passwordHash === undefined) return null
  await endSessionsOf(act, id)
  await endPasswordLinksOf(act, id)
  return startSession(act, { userId: id, passwordHash })
}
