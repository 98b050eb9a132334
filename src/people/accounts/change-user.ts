import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { refuseApiKey } from "../api-keys/refuse-api-keys.ts"
import { changedNames, withoutUndefined } from "../changed-fields.ts"
import type { User } from "../api-contract.ts"
import { type NewUser, refuseCalendar, userFields } from "./create-user.ts"
import { parseAccountPhone } from "./parse-account-phone.ts"
import { setTeams } from "../teams/memberships.ts"
import { revokeKeysOf } from "../api-keys/revoke-key.ts"
import { endPasswordLinksOf } from "../sign-in/password-link-store.ts"
import { endSessionsOf } from "../sessions/session-store.ts"
import { lockAdmins, lockUser, saveUser, userById } from "./user-store.ts"
import { refuseDuplicates } from "../refuse-taken-email-or-name.ts"

export type UserChanges = { [K in keyof Omit<NewUser, "passwordHash">]?: NewUser[K] | undefined }

/**
 * Another role ends every session and open link of the account; a customer leaves all teams and has no hours. A customer who becomes staff
 * loses their password and keys too, and comes in by an invitation. Refuses (403) a key that would change role or address.
 */
export async function changeUser(act: Act, id: string, changes: UserChanges): Promise<User> {
  if (changes.role !== undefined && changes.role !== "admin") await refuseLastAdmin(act, id)
  const before = await lockUser(act, id)
  if (!before) throw notFound("user")
  const was = (await userById(act.tx, id, act.now))!
  const { teamIds, externalIds, ...given } = changes
  const role = given.role ?? before.role
  await refuseCalendar(act, role, given.calendarId)
  const fields = {
    ...given,
    ...(given.phone !== before.phone && { phone: await parseAccountPhone(act, given.phone) }),
    ...(role === "user" && { calendarId: null }),
  }
  const changed = changedNames(fields, before)
  if (externalIds !== undefined) changed.push("externalIds")
  for (const field of ["role", "email"]) if (changed.includes(field)) refuseApiKey(act, `changes nobody's ${field}`)
  const isPromoted = before.role === "user" && role !== "user"
  const row = {
    ...withoutUndefined(fields),
    ...(isPromoted && { passwordHash: null }),
    ...(externalIds && { externalIds: JSON.stringify(externalIds) }),
  }
  if (changed.length > 0) await refuseDuplicates(saveUser(act, id, row))
  const teams = teamIds ?? (role === "user" ? [] : undefined)
  if (teams !== undefined && (await setTeams(act, { id, role }, teams))) changed.push("teamIds")
  if (role !== before.role) await endSessionsOf(act, id)
  if (changed.includes("role") || changed.includes("email")) await endPasswordLinksOf(act, id)
  if (isPromoted) await revokeKeysOf(act, id)
  const after = (await userById(act.tx, id, act.now))!
  if (changed.length > 0) {
    const change = { name: after.name, before: was, after, fields: userFields, data: { changes: changed, role } }
    await recordAdminAct(act, "user.changed", { subjectId: id, ...change })
  }
  return after
}

/** Locks all admins; call it before locking the user, so that two such acts cannot wait for each other. */
export async function refuseLastAdmin(act: Act, id: string) {
  const admins = await lockAdmins(act)
  if (admins.length === 1 && admins[0] === id) throw new Refusal("conflict", "last_admin")
}
