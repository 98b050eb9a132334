import { createHash } from "node:crypto"
import { inTransaction, system } from "#kernel/act.ts"
import type { SocketHandshake, SocketNamespace } from "#kernel/socket-server.ts"
import { connectionById } from "#connections/index.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { visitorRoom, visitorsOfConnectionRoom } from "#event-log/index.ts"
import { sitesOf } from "../settings.ts"
import { visitorTyping } from "./typing-and-seen.ts"
import { type ChatKit, isConnectionId, isFromAllowedSite } from "./visitor-authentication.ts"
import { visitorOf } from "./visitor-token-store.ts"

/** Visitors are notified that something was said to them, never what: their page fetches it. Nobody is admitted before writing. */
export function chatNamespace(kit: ChatKit): SocketNamespace {
  const typing = visitorTyping(kit)
  return {
    namespace: "/chat",
    grants: async (handshake) => (await visitorIn(kit, handshake))?.grants ?? null,
    admit: async (handshake) => {
      const visitor = await visitorIn(kit, handshake)
      if (visitor === null) return null
      const { identity, connectionId, room, version, grants } = visitor
      return {
        grants,
        // Nothing is sent to all visitors of a chat: they are looked for there when its settings change.
        rooms: [room, visitorsOfConnectionRoom(connectionId)],
        missed: async () => "resync",
        state: async () => [{ rooms: [], name: "sites", body: { version } }],
        clientEvents: { typing: (body: unknown) => typing(identity.id, body) },
      }
    },
  }
}

/** Null: nobody whom the chat knows, or from a page that it is not open to. */
async function visitorIn(kit: ChatKit, { auth, headers }: SocketHandshake) {
  const connectionId = String(auth["connectionId"])
  if (!isConnectionId(connectionId)) return null
  const connection = await connectionById(kit.db.kysely, connectionId)
  if (!isFromAllowedSite(kit, connection, headers)) return null
  const visitorId = await visitorOf(kit, connectionId, auth["token"])
  const given = visitorId && identityOf(visitorId, { kind: "visitor", scope: connectionId })
  if (!given) return null
  const identity = await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => storedIdentity(act, given))
  if (identity === null) return null
  const room = visitorRoom(identity.confirmedFor ?? identity.id)
  const version = versionOf(connection ? sitesOf(connection) : [])
  return { identity, connectionId, room, version, grants: `${room} ${version}` }
}

/** Of all pages: what stands in a frame of ours is our own page, and is to be loaded anew when the sites change. */
const versionOf = (sites: ReturnType<typeof sitesOf>) =>
  createHash("sha256").update(JSON.stringify(sites)).digest("base64url").slice(0, 16)
