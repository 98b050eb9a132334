import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { SocketNamespace } from "#kernel/socket-server.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { visitorRoom } from "#event-log/index.ts"
import { visitorOf } from "./visitor-token-store.ts"

/** Visitors are notified that something was said to them, never what: their page fetches it. Nobody is admitted before writing. */
export function chatNamespace(kit: Kit): SocketNamespace {
  const grants: SocketNamespace["grants"] = async ({ auth }) => {
    const connectionId = String(auth["connectionId"])
    const visitorId = await visitorOf(kit, connectionId, auth["token"])
    const identity = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
    if (!identity) return null
    const find = { actor: system, now: kit.now() }
    const known = await inTransaction(kit.db, find, (act) => storedIdentity(act, identity))
    return known && visitorRoom(known.confirmedFor ?? known.id)
  }
  return {
    namespace: "/chat",
    grants,
    admit: async (handshake) => {
      const room = await grants(handshake)
      return room === null ? null : { grants: room, rooms: [room], missed: async () => "resync" }
    },
  }
}
