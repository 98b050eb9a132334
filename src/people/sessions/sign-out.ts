import { record } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { endSession } from "./session-store.ts"

/** The event closes the user's sockets; their other browsers open theirs again. */
export async function signOut(act: Act, token: string) {
  await endSession(act, tokenHash(token))
  await record(act, "session.ended", { subjectId: act.actor.id })
}
