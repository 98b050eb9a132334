import { inTransaction, system } from "#kernel/act.ts"
import type { SocketHandshake, SocketNamespace } from "#kernel/socket-server.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { visitorRoom } from "#event-log/index.ts"
import { visitorTyping } from "./typing-and-seen.ts"
import { type ChatKit, isFromAllowedSite } from "./visitor-authentication.ts"
import { visitorOf } from "./visitor-token-store.ts"

/** Visitors are notified that something was said to them, never what: their page fetches it. Nobody is admitted before writing. */
export function chatNamespace(kit: ChatKit): SocketNamespace {
  const identityIn = async ({ auth, headers }: SocketHandshake) => {
    const connectionId = String(auth["connectionId"])
    if (!(await isFromAllowedSite(kit, connectionId, headers))) return null
    const visitorId = await visitorOf(kit, connectionId, auth["token"])
    const identity = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
    if (!identity) return null
    return inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => storedIdentity(act, identity))
  }
  return {
    namespace: "/chat",
    grants: async (handshake) => {
      const known = await identityIn(handshake)
      return known && roomOf(known)
    },
    admit: async (handshake) => {
      const known = await identityIn(handshake)
      if (known === null) return null
      const room = roomOf(known)
      const clientEvents = { typing: visitorTyping(kit, known.id) }
      return { grants: room, rooms: [room], missed: async () => "resync", clientEvents }
    },
  }
}

const roomOf = ({ id, confirmedFor }: { id: string; confirmedFor: string | null }) => visitorRoom(confirmedFor ?? id)
