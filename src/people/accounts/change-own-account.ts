import { record } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { AfterClosing } from "../api-contract.ts"
import { changedNames, withoutUndefined } from "../changed-fields.ts"
import { startSession } from "../sign-in/sign-in.ts"
import { endPasswordLinksOf } from "../sign-in/password-link-store.ts"
import { endSessionsOf } from "../sessions/session-store.ts"
import { lockUser, saveUser } from "./user-store.ts"

export type MyChanges = {
  name?: string | undefined
  language?: Language | undefined
  timezone?: string | undefined
  afterClosing?: AfterClosing | undefined
  /** Made by `hashPassword` after the current password was verified, both before the transaction. */
  passwordHash?: string | undefined
}

/** A new password ends every session and open link of the account; the token of the one that goes on is returned. */
export async function changeMe(act: Act, id: string, { passwordHash, ...fields }: MyChanges): Promise<string | null> {
  const before = (await lockUser(act, id))!
  const changed = changedNames(fields, before)
  if (passwordHash !== undefined) changed.push("password")
  if (changed.length === 0) return null
  await saveUser(act, id, { ...withoutUndefined(fields), ...(passwordHash !== undefined && { passwordHash }) })
  await record(act, "user.changed", { subjectId: id, data: { changes: changed, role: before.role } })
  if (passwordHash === undefined) return null
  await endSessionsOf(act, id)
  await endPasswordLinksOf(act, id)
  return startSession(act, { userId: id, passwordHash })
}
