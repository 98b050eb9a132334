import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { openingOf } from "#calendars/index.ts"
import { abilitiesOf } from "../permissions/can.ts"
import type { Me } from "../api-contract.ts"
import type { Principal } from "../permissions/principal.ts"
import { openKeysOf } from "../api-keys/key-store.ts"
import { ownFieldsOf, userById } from "./user-store.ts"

/** Who asks, as they see themselves: through a key, with the role the key leaves them. */
export async function ownAccount(db: Database, who: Principal, now: Date): Promise<Me> {
  const user = await userById(db.kysely, who.id, now)
  if (!user) throw new Refusal("unauthenticated", "unauthenticated")
  const { id, email, name, language, timezone, teams, presence, calendarId } = user
  const hours = calendarId === null ? null : { calendarId, ...(await openingOf(db.kysely, calendarId, now)) }
  const { afterClosing, hasPassword } = await ownFieldsOf(db.kysely, who.id)
  const apiKeys = (await openKeysOf({ tx: db.kysely }, who.id)).length
  return {
    id,
    email,
    name,
    role: who.role,
    language,
    timezone,
    afterClosing,
    teams,
    presence,
    hours,
    can: abilitiesOf(who),
    hasPassword: Boolean(hasPassword),
    apiKeys,
  }
}
