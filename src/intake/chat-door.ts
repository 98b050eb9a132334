import type { Kit } from "#kernel/answer.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Door } from "#kernel/realtime.ts"
import { visitorOf } from "#connections/index.ts"
import { contactOf, identityOf } from "#contacts/index.ts"

/** Visitors hear that something was said to them, never what: their page fetches it. Nobody is let in before writing. */
export function chatDoor(kit: Kit): Door {
  const grants: Door["grants"] = async ({ auth }) => {
    const connectionId = String(auth["connectionId"])
    const visitorId = await visitorOf(kit, connectionId, auth["token"])
    const identity = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
    if (!identity) return null
    return inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => contactOf(act, identity))
  }
  return {
    namespace: "/chat",
    grants,
    admit: async (handshake) => {
      const contactId = await grants(handshake)
      if (contactId === null) return null
      return { grants: contactId, rooms: [`contact:${contactId}`], missed: async () => "resync" }
    },
  }
}
