// Who is signing an account in at its provider just now.
import type { Act } from "#kernel/act.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { tokenHash } from "#kernel/secrets.ts"

/** As long as the person may take (milliseconds). */
export const signInMs = 15 * 60_000

export type SignIn = { state: string; codeVerifier: string; sessionHash: string }

/** In place of one that was begun before. */
export async function insertSignIn(act: Act, secrets: Secrets, connectionId: string, signIn: SignIn): Promise<Date> {
  const { state, codeVerifier, sessionHash } = signIn
  const endsAt = new Date(act.now.getTime() + signInMs)
  const row = { stateHash: tokenHash(state), sessionHash, codeVerifier: secrets.seal(codeVerifier), endsAt }
  await act.tx
    .insertInto("oauthSignIns")
    .values({ connectionId, ...row })
    .onConflict((taken) => taken.column("connectionId").doUpdateSet(row))
    .execute()
  return endsAt
}

type BegunSignIn = { connectionId: string; codeVerifier: string }

/** Uses it up. Null when it was used, is over, or was begun in another session; which of these is not said. */
export async function takeSignIn(
  act: Act,
  secrets: Secrets,
  { state, sessionHash }: Pick<SignIn, "state" | "sessionHash">,
): Promise<BegunSignIn | null> {
  const row = await act.tx
    .deleteFrom("oauthSignIns")
    .where("stateHash", "=", tokenHash(state))
    .where("sessionHash", "=", sessionHash)
    .returning(["connectionId", "codeVerifier", "endsAt"])
    .executeTakeFirst()
  if (!row || row.endsAt <= act.now) return null
  return { connectionId: row.connectionId, codeVerifier: secrets.open(row.codeVerifier) }
}
