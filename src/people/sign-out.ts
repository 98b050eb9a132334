import { record } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { endSession } from "./store/sessions.ts"

/** Ends the session; the event makes every server close its sockets. */
export async function signOut(act: Act, token: string) {
  await endSession(act, tokenHash(token))
  await record(act, "session.ended", { subjectId: act.actor.id })
}
