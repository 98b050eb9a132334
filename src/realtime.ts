// Real time put together: who is let in at the sockets, what each hears, and who is looked at again after a change.
import {
  customerRoom,
  type Delivery,
  type LoggedEvent,
  missedEvents,
  placedTopic,
  startSocketDelivery,
} from "#event-log/index.ts"
import { entryPoints } from "#channels/entry-points.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Log } from "#kernel/log.ts"
import {
  type SocketAdmission,
  type SocketNamespace,
  type SocketHandshake,
  startSocketServer,
  type SocketServer,
} from "#kernel/socket-server.ts"
import { pushNotifications } from "#notifications/index.ts"
import { type PresenceTracker, type Authentication, type Principal, startPresenceTracker } from "#people/index.ts"
import { TicketViewers, ticketsNow, visibleAmong } from "#tickets/index.ts"

// After a change of people their sockets must stand on what is right now.
const peopleChanged = new Set(["user.changed", "user.disabled", "user.password_reset", "session.ended", "key.revoked"])

// Whose events may change who somebody is and what they may: what customers read stands on the identities of contacts.
const decidesWhoMay = new Set(["user", "session", "key", "team", "contact"])

// A key stands for its user; everything else about people is about the user themselves.
const whoseSockets = ({ data, subjectId }: LoggedEvent) =>
  typeof data["userId"] === "string" ? data["userId"] : subjectId

/** Whose sockets may have been admitted with what this changed. */
function roomsToRecheck(event: LoggedEvent): string[] {
  if (event.kind === "team.changed") return ["staff"]
  if (peopleChanged.has(event.kind)) return [`user:${whoseSockets(event)}`, customerRoom(`${whoseSockets(event)}`)]
  return []
}

/** What a person's socket stands on: who they are and what they may. */
const grantsOf = ({ kind, id, role, teamIds, contactId, keyId }: Principal) =>
  JSON.stringify([kind, id, role, teamIds, contactId, keyId])

export function startRealtime(server: Server, kit: Kit, log: Log, authentication: Authentication) {
  const attendance = startPresenceTracker(kit, log)
  const company = new TicketViewers(kit, (emission) => realtime.emit(emission))
  // Nobody is told where the log stands before it is followed.
  const follows = (door: SocketNamespace): SocketNamespace => ({
    ...door,
    admit: async (handshake) => {
      await delivery.begin()
      return door.admit(handshake)
    },
  })
  const ofChannels = entryPoints.flatMap(({ namespace }) => namespace?.(kit) ?? [])
  const doors = [staffDoor(kit, authentication, { attendance, company }), ...ofChannels].map(follows)
  const realtime: SocketServer = startSocketServer(server.server, log, doors)
  const onEvents = async (events: LoggedEvent[]) => {
    // Not by the wake-up alone: it may come after the events were read here, and whoever is asked about must be looked up anew.
    if (events.some(({ kind }) => decidesWhoMay.has(kind.split(".")[0]!))) authentication.forget()
    for (const { kind, ticketId } of events)
      if (kind === "ticket.assigned" && ticketId !== null) company.recheck(ticketId)
    await Promise.all(events.flatMap(roomsToRecheck).map((room) => realtime.recheck(room)))
  }
  // Also when no socket is open here, and no event is read.
  const unsubscribe = kit.db.wakes.onWake(placedTopic, (detail) => {
    if (detail === "" || detail.split(",").some((module) => decidesWhoMay.has(module))) authentication.forget()
  })
  const delivery: Delivery = startSocketDelivery(kit.db, log, {
    load: (ids, messageIds) => ticketsNow(kit.db, ids, messageIds),
    emit: realtime.emit,
    onEvents,
    isHeard: realtime.isHeard,
  })
  // Sockets first: their going is still to be written down.
  const close = async () => {
    await realtime.close()
    await Promise.all([attendance.stop(), company.stop()])
  }
  return {
    position: delivery.position,
    stops: [async () => unsubscribe(), delivery.stop, pushNotifications(kit.db, realtime.emit), close],
  }
}

/** Customers hear that their own tickets moved; what they missed they fetch. They have nothing to say here. */
function customersSeat(kit: Kit, who: Principal, lastEventId: unknown): SocketAdmission {
  const nothing = { load: async () => new Map(), visibleAmong: async () => new Set<string>(), rooms: [] }
  const nothingBefore = async () => missedEvents(kit.db, {}, nothing)
  return {
    grants: grantsOf(who),
    rooms: [customerRoom(who.id)],
    missed: lastEventId === undefined ? nothingBefore : async () => "resync" as const,
  }
}

/** Staff hear of what they may see: everything, their teams', and their own. */
function staffDoor(
  kit: Kit,
  authentication: Authentication,
  { attendance, company }: { attendance: PresenceTracker; company: TicketViewers },
): SocketNamespace {
  // As a write would: a cookie counts only from our own pages.
  const comes = ({ headers, auth }: SocketHandshake) => {
    const token = typeof auth["token"] === "string" ? { authorization: `Bearer ${auth["token"]}` } : {}
    return authentication.authenticate({ method: "POST", headers: { ...headers, ...token } })
  }
  return {
    namespace: "/",
    grants: async (handshake) => {
      const who = await comes(handshake)
      return who && grantsOf(who)
    },
    admit: async (handshake) => {
      const who = await comes(handshake)
      const { auth } = handshake
      if (who?.role === "user") return customersSeat(kit, who, auth["lastEventId"])
      if (!who) return null
      const rooms = [
        "staff",
        `user:${who.id}`,
        `staff:${who.id}`,
        ...(who.role === "admin" ? ["admins"] : who.teamIds.map((id) => `team:${id}`)),
      ]
      const replay = {
        load: (ids: string[]) => ticketsNow(kit.db, ids),
        visibleAmong: (ids: string[]) => visibleAmong(kit.db, who, ids),
        rooms,
      }
      const seat = company.enter(who)
      return {
        grants: grantsOf(who),
        rooms,
        state: () => company.state(who),
        says: seat.says,
        came: () => attendance.came(who.id),
        left: () => {
          attendance.left(who.id)
          seat.left()
        },
        missed: () => missedEvents(kit.db, auth, replay),
      }
    },
  }
}
