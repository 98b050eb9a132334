// The first run: a one-time link, the first admin and the default team.
import { sql } from "kysely"
import { record } from "#event-log/index.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { BadSetting } from "#kernel/config.ts"
import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { newSecret } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { changeSetting, initializeSetting } from "#settings/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { createTeam } from "../teams/create-team.ts"
import { createUser } from "./create-user.ts"
import { setMembers } from "../teams/memberships.ts"
import { hashPassword } from "../sign-in/hash-password.ts"
import { defaultTeamId } from "./user-and-team-lookups.ts"
import { replaceSetupLink, spendSetupLink } from "./first-run-link-store.ts"
import { weaknesses, weaknessOf } from "../weak-password.ts"
import { hasStaff, saveUser, userByEmail } from "./user-store.ts"

const setUpLock = 4_410_010
const linkDays = 7
const teamNames: Record<Language, string> = { es: "Soporte", en: "Support" }

/** A fresh link for the reader of the server's output; null once there is somebody who can sign in. Earlier links die. */
export async function setupLink(db: Database, publicUrl: string, now?: Date): Promise<string | null> {
  return inTransaction(db, { actor: system, now: now ?? (await databaseNow(db)) }, async (act) => {
    await lockSetUp(act)
    if (await hasStaff(act.tx)) return null
    const token = newSecret("set_")
    await replaceSetupLink(act, tokenHash(token))
    return `${publicUrl}/setup#token=${token}`
  })
}

type FirstAccount = {
  token: string
  name: string
  email: string
  passwordHash: string
  language: Language
  timezone?: string | undefined
  country?: string | undefined
  deskName?: string | undefined
}

/**
 * Makes the first admin and the default team, with the admin in it, and the desk speaks their language, keeps their time
 * and reads phones as in their country. Of two set-ups at once one wins.
 */
export async function completeFirstRun(act: Act, { token, country, deskName, ...account }: FirstAccount) {
  await lockSetUp(act)
  const oldest = new Date(act.now.getTime() - linkDays * 86_400_000)
  const isOpen = !(await hasStaff(act.tx)) && (await spendSetupLink(act, tokenHash(token), oldest))
  if (!isOpen) throw new Refusal("forbidden", "setup_closed")
  const admin = await createUser(act, { ...account, role: "admin" })
  await joinDefaultTeam(act, admin.id, account.language)
  const by = { ...act, actor: { kind: "user", id: admin.id } as const }
  const ofDesk = {
    language: account.language,
    timezone: account.timezone,
    "desk.country": country,
    "desk.name": deskName?.trim() || undefined,
  }
  for (const [name, value] of Object.entries(ofDesk))
    if (value !== undefined) await changeSetting(by, name as keyof typeof ofDesk, value)
  return admin
}

/** `timezone`: where the server stands, the desk's own when nobody has said another. */
type ConfiguredAdmin = { email: string; password: string; timezone: string }

/** The first admin from the settings, without a link. Does nothing once somebody can sign in. `BadSetting`: the password is weak. */
export async function ensureAdmin(
  db: Database,
  { email, password, timezone }: ConfiguredAdmin,
  now?: Date,
): Promise<void> {
  if (await hasStaff(db.kysely)) return
  const weakness = weaknessOf(password, { email, name: "" })
  if (weakness !== null) throw new BadSetting("HILO_ADMIN_PASSWORD", weaknesses[weakness])
  const passwordHash = await hashPassword(password)
  await inTransaction(db, { actor: system, now: now ?? (await databaseNow(db)) }, async (act) => {
    await lockSetUp(act)
    if (await hasStaff(act.tx)) return
    await initializeSetting(act, "timezone", timezone)
    const existing = await userByEmail(act.tx, email)
    const id =
      existing?.id ?? (await createUser(act, { email, name: email.split("@")[0]!, role: "admin", passwordHash })).id
    if (existing) await makeAdmin(act, id, passwordHash)
    await joinDefaultTeam(act, id, "es")
  })
}

// The account was made for a key before anybody was set up.
async function makeAdmin(act: Act, id: string, passwordHash: string) {
  await saveUser(act, id, { role: "admin", passwordHash, disabledAt: null })
  await record(act, "user.changed", { subjectId: id, data: { changes: ["role", "password"], role: "admin" } })
}

async function joinDefaultTeam(act: Act, userId: string, language: Language) {
  const teamId = await defaultTeamId(act)
  if (teamId === null) await createTeam(act, { name: teamNames[language], isDefault: true, leadIds: [userId] })
  else await setMembers(act, teamId, { leadIds: [userId] })
}

async function lockSetUp(act: Act) {
  await sql`select pg_advisory_xact_lock(${setUpLock}::bigint)`.execute(act.tx)
}
