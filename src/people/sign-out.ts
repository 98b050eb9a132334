import type { Act } from "#kernel/act.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { endSession } from "./store/sessions.ts"

export async function signOut(act: Act, token: string) {
  await endSession(act, tokenHash(token))
}
