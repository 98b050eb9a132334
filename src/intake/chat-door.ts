import type { Kit } from "#kernel/answer.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Door } from "#kernel/realtime.ts"
import { visitorOf } from "#connections/index.ts"
import { contactOf, identityOf } from "#contacts/index.ts"

/** Visitors hear that something was said to them, never what: their page fetches it. Nobody is let in before writing. */
export function chatDoor(kit: Kit): Door {
  return {
    namespace: "/chat",
    admit: async ({ auth }) => {
      const connectionId = String(auth["connectionId"])
      const visitorId = await visitorOf(kit, connectionId, auth["token"])
      const identity = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
      if (!identity) return null
      const contactId = await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
        contactOf(act, identity),
      )
      return contactId === null ? null : { rooms: [`contact:${contactId}`], missed: async () => "resync" }
    },
  }
}
