import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { refuseUnknownCalendar } from "#calendars/index.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { readSetting } from "#settings/index.ts"
import { refuseApiKey } from "../api-keys/refuse-api-keys.ts"
import { withoutUndefined } from "../changed-fields.ts"
import type { User } from "../api-contract.ts"
import { parseAccountPhone } from "./parse-account-phone.ts"
import { setTeams } from "../teams/memberships.ts"
import type { Role } from "../permissions/principal.ts"
import { insertUser, userById } from "./user-store.ts"
import { refuseDuplicates } from "../refuse-taken-email-or-name.ts"

/** Optional fields that are not given are the desk's own, or the database's defaults. */
export type NewUser = {
  email: string
  name: string
  role: Role
  teamIds?: string[] | undefined
  capacity?: number | undefined
  phone?: string | null | undefined
  language?: "es" | "en" | undefined
  timezone?: string | undefined
  calendarId?: string | null | undefined
  externalIds?: { splynx?: string | undefined } | undefined
  /** Made by `hashPassword`, before the transaction. Without one nobody can sign in as this user yet. */
  passwordHash?: string | undefined
}

/** What the audit log holds of an account. */
export const userFields = [
  "email",
  "name",
  "role",
  "teamIds",
  "capacity",
  "phone",
  "language",
  "timezone",
  "calendarId",
  "externalIds",
] as const

/** Refuses (403) a key that would make staff: a thief of it must leave no account behind. */
export async function createUser(act: Act, { teamIds = [], externalIds = {}, ...fields }: NewUser): Promise<User> {
  const id = newId("usr")
  const { email, name, role, ...optional } = fields
  if (role !== "user") refuseApiKey(act, "makes no staff")
  await refuseCalendar(act, role, optional.calendarId)
  const ofDesk = { language: await readSetting(act, "language"), timezone: await readSetting(act, "timezone") }
  const row = {
    email,
    name,
    role,
    ...ofDesk,
    ...withoutUndefined({ ...optional, phone: await parseAccountPhone(act, optional.phone) }),
    id,
    externalIds: JSON.stringify(externalIds),
    createdAt: act.now,
    updatedAt: act.now,
  }
  await refuseDuplicates(insertUser(act, row))
  await setTeams(act, { id, role }, teamIds)
  const made = (await userById(act.tx, id, act.now))!
  await recordAdminAct(act, "user.created", {
    subjectId: id,
    name,
    after: made,
    fields: userFields,
    data: { role, teamIds },
  })
  return made
}

/** Working hours are for staff; and the calendar must be there. */
export async function refuseCalendar(act: Act, role: Role, calendarId: string | null | undefined) {
  if (role === "user" && typeof calendarId === "string")
    throw invalidField("calendarId", "must be empty for a customer")
  await refuseUnknownCalendar(act, calendarId)
}
