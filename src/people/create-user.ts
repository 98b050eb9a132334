import { recordAdmin } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { readSetting } from "#settings/index.ts"
import { refuseKey } from "./by-key.ts"
import { defined } from "./changes.ts"
import type { User } from "./contract.ts"
import { typedPhone } from "./phone.ts"
import { standIn } from "./memberships.ts"
import type { Role } from "./principal.ts"
import { insertUser, userById } from "./store/users.ts"
import { refusingDuplicates } from "./unique.ts"

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
  externalIds?: { splynx?: string | undefined } | undefined
  /** Made by `hashPassword`, before the transaction. Without one nobody can sign in as this user yet. */
  passwordHash?: string | undefined
}

/** What the audit tells of an account. */
export const userFields = [
  "email",
  "name",
  "role",
  "teamIds",
  "capacity",
  "phone",
  "language",
  "timezone",
  "externalIds",
] as const

/** Refuses (403) a key that would make staff: whoever steals it must not leave somebody behind. */
export async function createUser(act: Act, { teamIds = [], externalIds = {}, ...fields }: NewUser): Promise<User> {
  const id = newId("usr")
  const { email, name, role, ...optional } = fields
  if (role !== "user") refuseKey(act, "makes no staff")
  const ofDesk = { language: await readSetting(act, "language"), timezone: await readSetting(act, "timezone") }
  const row = {
    email,
    name,
    role,
    ...ofDesk,
    ...defined({ ...optional, phone: await typedPhone(act, optional.phone) }),
    id,
    externalIds: JSON.stringify(externalIds),
    createdAt: act.now,
    updatedAt: act.now,
  }
  await refusingDuplicates(insertUser(act, row))
  await standIn(act, { id, role }, teamIds)
  const made = (await userById(act.tx, id, act.now))!
  await recordAdmin(act, "user.created", {
    subjectId: id,
    name,
    after: made,
    fields: userFields,
    data: { role, teamIds },
  })
  return made
}
