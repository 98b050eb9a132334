// Real time put together: who is admitted at the sockets, what each receives, and whose grants are checked again after a change.
import {
  customerRoom,
  customersRoom,
  type SocketDelivery,
  type LoggedEvent,
  missedEvents,
  placedTopic,
  startSocketDelivery,
  visitorsOfConnectionRoom,
} from "#event-log/index.ts"
import { entryPoints } from "#channels/entry-point-registry.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Log } from "#kernel/log.ts"
import {
  type SocketAdmission,
  type SocketNamespace,
  type SocketHandshake,
  startSocketServer,
  type SocketServer,
} from "#kernel/socket-server.ts"
import { emitNotifications, notificationSince } from "#notifications/index.ts"
import { type PresenceTracker, type Authentication, type Principal, startPresenceTracker } from "#people/index.ts"
import { TicketViewers, ticketsNow, visibleAmong } from "#tickets/index.ts"

// After these the grants of the account's sockets may differ.
const changesAccount = new Set(["user.changed", "user.disabled", "user.password_reset", "session.ended", "key.revoked"])

// Modules whose events may change who somebody is and what they may: what customers read depends on identities of contacts.
const decidesAccess = new Set(["user", "session", "key", "team", "contact"])

// A key acts as its user; every other event about people is about the user themselves.
const accountOf = ({ data, subjectId }: LoggedEvent) =>
  typeof data["userId"] === "string" ? data["userId"] : subjectId

/** The rooms whose sockets may have been admitted with what this event changed. */
function roomsToRecheck(event: LoggedEvent): string[] {
  if (event.kind === "team.changed") return ["staff"]
  // The sites whose pages may speak with a chat are among its settings.
  if (event.kind === "connection.changed") return [visitorsOfConnectionRoom(`${event.subjectId}`)]
  if (changesAccount.has(event.kind)) return [`user:${accountOf(event)}`, customerRoom(`${accountOf(event)}`)]
  return []
}

/** What a socket was admitted with: who its user is and what they may. */
const grantsOf = ({ kind, id, role, teamIds, contactId, keyId }: Principal) =>
  JSON.stringify([kind, id, role, teamIds, contactId, keyId])

type AddressedKit = Kit & { publicUrl: string }

export function startRealtime(server: Server, kit: AddressedKit, log: Log, authentication: Authentication) {
  const presence = startPresenceTracker(kit, log)
  const viewers = new TicketViewers(kit, (emission) => realtime.emit(emission))
  // No client gets a position of the log before this server follows it from there.
  const followingLog = (definition: SocketNamespace): SocketNamespace => ({
    ...definition,
    admit: async (handshake) => {
      await delivery.begin()
      return definition.admit(handshake)
    },
  })
  const ofChannels = entryPoints.flatMap(({ namespace }) => namespace?.(kit) ?? [])
  const namespaces = [accountNamespace(kit, authentication, { presence, viewers }), ...ofChannels].map(followingLog)
  const realtime: SocketServer = startSocketServer(server.server, log, namespaces)
  const onEvents = async (events: LoggedEvent[]) => {
    // Not by the wake-up alone: it may come after the events were read here, and principals must be looked up anew.
    if (events.some(({ kind }) => decidesAccess.has(kind.split(".")[0]!))) authentication.dropCache()
    for (const { kind, ticketId } of events)
      if (kind === "ticket.assigned" && ticketId !== null) viewers.recheck(ticketId)
    await Promise.all(events.flatMap(roomsToRecheck).map((room) => realtime.recheck(room)))
  }
  // Also when no socket is open here, and no event is read.
  const unsubscribe = kit.db.wakes.onWake(placedTopic, (detail) => {
    if (detail === "" || detail.split(",").some((module) => decidesAccess.has(module))) authentication.dropCache()
  })
  const delivery: SocketDelivery = startSocketDelivery(kit.db, log, {
    load: (ids, messageIds) => ticketsNow(kit, ids, messageIds),
    emit: realtime.emit,
    onEvents,
    hasSockets: realtime.hasSockets,
  })
  // Sockets first: that they are gone is still to be stored.
  const close = async () => {
    await realtime.close()
    await Promise.all([presence.stop(), viewers.stop()])
  }
  return {
    position: delivery.position,
    stops: [
      async () => unsubscribe(),
      delivery.stop,
      emitNotifications(kit.db, realtime.emit),
      ...entryPoints.flatMap(({ signals }) => signals?.(kit, realtime.emit) ?? []),
      close,
    ],
  }
}

/** Customers are notified that their own tickets moved; what they missed they fetch. They send nothing. */
function admitCustomer(kit: Kit, who: Principal, lastEventId: unknown): SocketAdmission {
  const nothing = { load: async () => new Map(), visibleAmong: async () => new Set<string>(), rooms: [] }
  const nothingBefore = async () => missedEvents(kit.db, {}, nothing)
  return {
    grants: grantsOf(who),
    rooms: [customersRoom, customerRoom(who.id)],
    missed: lastEventId === undefined ? nothingBefore : async () => "resync" as const,
  }
}

/** Accounts, staff and customers. Staff receive what they may see: everything, their teams', and their own. */
function accountNamespace(
  kit: Kit,
  authentication: Authentication,
  { presence, viewers }: { presence: PresenceTracker; viewers: TicketViewers },
): SocketNamespace {
  // As a write would: a cookie counts only from our own pages.
  const authenticate = ({ headers, auth }: SocketHandshake) => {
    const token = typeof auth["token"] === "string" ? { authorization: `Bearer ${auth["token"]}` } : {}
    return authentication.authenticate({ method: "POST", headers: { ...headers, ...token } })
  }
  return {
    namespace: "/",
    grants: async (handshake) => {
      const who = await authenticate(handshake)
      return who && grantsOf(who)
    },
    admit: async (handshake) => {
      const who = await authenticate(handshake)
      const { auth } = handshake
      if (who?.role === "user") return admitCustomer(kit, who, auth["lastEventId"])
      if (!who) return null
      const rooms = [
        "staff",
        `user:${who.id}`,
        ...(who.role === "admin" ? ["admins"] : who.teamIds.map((id) => `team:${id}`)),
      ]
      const replay = {
        load: (ids: string[]) => ticketsNow(kit, ids),
        visibleAmong: (ids: string[]) => visibleAmong(kit.db, who, ids),
        rooms,
      }
      const session = viewers.open(who)
      return {
        grants: grantsOf(who),
        rooms,
        state: async () => [
          ...(await viewers.state(who)),
          ...(await notificationSince(kit.db, who.id, auth["openedMs"])),
        ],
        clientEvents: session.clientEvents,
        onConnect: () => presence.connected(who.id),
        onDisconnect: () => {
          presence.disconnected(who.id)
          session.close()
        },
        missed: () => missedEvents(kit.db, auth, replay),
      }
    },
  }
}
