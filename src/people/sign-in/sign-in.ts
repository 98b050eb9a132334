import { type Act, inTransaction } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { newSecret } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { verifyPassword } from "./hash-password.ts"
import { endExpiredSessionsOf, endSession, insertSession } from "../sessions/session-store.ts"
import { userByEmail } from "../accounts/user-store.ts"

export const sessionDays = 30

type Credentials = { email: string; password: string; replaces: string | null }

/**
 * Checks the password and starts a session under a new token; the one the browser had (`replaces`) ends. Opens its own
 * transaction, because the check is slow on purpose. A wrong password and an unknown e-mail take the same time.
 */
export async function signIn(kit: { db: Database; now: () => Date }, { email, password, replaces }: Credentials) {
  const user = await userByEmail(kit.db.kysely, email)
  const usable = user !== undefined && user.disabledAt === null
  const right = await verifyPassword(password, user?.passwordHash)
  if (!right || !usable || user.passwordHash === null) throw badCredentials()
  const { id, passwordHash } = user
  const token = await inTransaction(kit.db, { actor: { kind: "user", id }, now: kit.now() }, async (act) => {
    if (replaces !== null) await endSession(act, tokenHash(replaces))
    await endExpiredSessionsOf(act, id)
    return startSession(act, { userId: id, passwordHash })
  })
  return { token, userId: id }
}

/** The token to put in the cookie; only its hash is kept. */
export async function startSession(act: Act, user: { userId: string; passwordHash: string | null }): Promise<string> {
  const token = newSecret("ses_")
  const expiresAt = new Date(act.now.getTime() + sessionDays * 86_400_000)
  const started = await insertSession(act, { ...user, tokenHash: tokenHash(token), expiresAt })
  if (!started) throw badCredentials()
  return token
}

const badCredentials = () => new Refusal("unauthenticated", "bad_credentials")
