import { createHash } from "node:crypto"
import { inTransaction, system } from "#kernel/act.ts"
import type { SocketHandshake, SocketNamespace } from "#kernel/socket-server.ts"
import { connectionById } from "#connections/index.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { visitorRoom, visitorsOfConnectionRoom } from "#event-log/index.ts"
import { sitesOf } from "../settings.ts"
import { visitorTyping } from "./typing-and-seen.ts"
import { type ChatKit, isFromAllowedSite } from "./visitor-authentication.ts"
import { visitorOf } from "./visitor-token-store.ts"

/** Visitors are notified that something was said to them, never what: their page fetches it. Nobody is admitted before writing. */
export function chatNamespace(kit: ChatKit): SocketNamespace {
  const identityIn = async (handshake: SocketHandshake) => {
    const { auth, headers } = handshake
    const connectionId = connectionIn(handshake)
    if (!(await isFromAllowedSite(kit, connectionId, headers))) return null
    const visitorId = await visitorOf(kit, connectionId, auth["token"])
    const identity = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
    if (!identity) return null
    return inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => storedIdentity(act, identity))
  }
  const typing = visitorTyping(kit)
  /** Of all pages: what stands in a frame of ours is our own page, and is to be loaded anew when the sites change. */
  const sitesVersion = async (connectionId: string) => {
    const connection = await connectionById(kit.db.kysely, connectionId)
    const sites = connection ? sitesOf(connection) : []
    return createHash("sha256").update(JSON.stringify(sites)).digest("base64url").slice(0, 16)
  }
  return {
    namespace: "/chat",
    grants: async (handshake) => {
      const known = await identityIn(handshake)
      return known && `${roomOf(known)} ${await sitesVersion(connectionIn(handshake))}`
    },
    admit: async (handshake) => {
      const known = await identityIn(handshake)
      if (known === null) return null
      const room = roomOf(known)
      const version = await sitesVersion(connectionIn(handshake))
      return {
        grants: `${room} ${version}`,
        // Nothing is sent to all visitors of a chat: they are looked for there when its settings change.
        rooms: [room, visitorsOfConnectionRoom(connectionIn(handshake))],
        missed: async () => "resync",
        state: async () => [{ rooms: [], name: "sites", body: { version } }],
        clientEvents: { typing: (body: unknown) => typing(known.id, body) },
      }
    },
  }
}

const connectionIn = ({ auth }: SocketHandshake) => String(auth["connectionId"])
const roomOf = ({ id, confirmedFor }: { id: string; confirmedFor: string | null }) => visitorRoom(confirmedFor ?? id)
