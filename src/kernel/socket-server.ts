// Sockets: an admitted client joins the rooms that the server decides, receives what is sent there, and says little.
import { createHash } from "node:crypto"
import type { IncomingHttpHeaders, Server as HttpServer } from "node:http"
import { Server, type Socket } from "socket.io"
import type { Log } from "./log.ts"
import { socketsOpen } from "./metrics.ts"

/** `except`: rooms whose sockets do not get it although they are in one of `rooms`. */
export type SocketEvent = { rooms: string[]; except?: string[]; name: string; body: Record<string, unknown> }

/** What a client shows when it connects. */
export type SocketHandshake = { headers: IncomingHttpHeaders; auth: Record<string, unknown> }

/** What was granted (as `grants` says it), rooms to join, and what this client missed since it was last here (`resync`: too much, fetch everything). */
export type SocketAdmission = {
  grants: string
  rooms: string[]
  missed: () => Promise<{ emissions: SocketEvent[]; lastEventId: string } | "resync">
  /** How things stand now, as far as no event of the log says it. */
  state?: () => Promise<SocketEvent[]>
  /** The events that the client may send, each with what it does; false when no client of ours would send it like that. */
  clientEvents?: Record<string, (body: unknown) => boolean>
  /** Called when the socket is open, and once when it is gone. */
  onConnect?: () => void
  onDisconnect?: () => void
}

export type SocketNamespace = {
  namespace: string
  admit: (handshake: SocketHandshake) => Promise<SocketAdmission | null>
  /** What such a client would be admitted with now, as a text to compare; null when it would not be. */
  grants: (handshake: SocketHandshake) => Promise<string | null>
}

export type SocketServer = {
  emit: (emission: SocketEvent) => void
  /**
   * Something changed that sockets in the room may stand on: those that would be admitted with something else now are closed,
   * and their clients come back and are admitted anew, or not. Those whose grants are the same stay. Resolves when the others
   * receive nothing more.
   */
  recheck: (room: string) => Promise<void>
  /** Is anybody connected here? */
  hasSockets: () => boolean
  close: () => Promise<void>
}

export function startSocketServer(server: HttpServer, log: Log, namespaces: SocketNamespace[]): SocketServer {
  const io = new Server(server, {
    path: "/socket",
    serveClient: false,
    // Cookies never travel cross-origin here; visitors of other sites' pages carry a token of their own.
    cors: { origin: "*", credentials: false },
    maxHttpBufferSize: 16_384,
    pingInterval: 10_000,
    pingTimeout: 8_000,
  })
  const rechecks = namespaces.map((definition) => openNamespace(io, log, definition))
  return {
    emit: ({ rooms, except = [], name, body }) => {
      for (const definition of namespaces) {
        const namespace = io.of(definition.namespace)
        if (namespace.sockets.size > 0) namespace.to(rooms).except(except).emit(name, body)
      }
    },
    hasSockets: () => namespaces.some((definition) => io.of(definition.namespace).sockets.size > 0),
    recheck: async (room) => {
      await Promise.all(rechecks.map((recheck) => recheck(room)))
    },
    close: async () => {
      io.disconnectSockets(true)
      // Not io.close(), which would close the HTTP server too, before it has disconnected its clients.
      io.engine.close()
    },
  }
}

function openNamespace(io: Server, log: Log, definition: SocketNamespace): SocketServer["recheck"] {
  const admissions = new WeakMap<Socket, { admission: SocketAdmission; since: number }>()
  const namespace = io.of(definition.namespace)
  let changes = 0
  namespace.use((socket, next) => {
    const { headers, auth } = socket.handshake
    const since = changes
    void admitted(definition, { headers, auth }).then((admission) => {
      if (admission) admissions.set(socket, { admission, since })
      // socket.io's middleware takes a callback, not a promise.
      // oxlint-disable-next-line promise/no-callback-in-promise
      return next(admission ? undefined : new Error("unauthenticated"))
    })
  })
  namespace.on("connection", (socket) => {
    const { admission, since } = admissions.get(socket) ?? {}
    socketsOpen.inc()
    admission?.onConnect?.()
    socket.on("disconnect", () => {
      socketsOpen.dec()
      admission?.onDisconnect?.()
    })
    // A client that sends unknown events, or too many, is not ours.
    const allows = createAllowance()
    socket.onAny((name: string, body: unknown) => {
      const { clientEvents = {} } = admission ?? {}
      const isExpected = Object.hasOwn(clientEvents, name) && allows() && clientEvents[name]!(body)
      if (!isExpected) socket.disconnect(true)
    })
    // A change between its admission and its joining a room did not find it there.
    const joined = () => void (since !== changes && void recheckOne(definition, socket, admission))
    if (admission)
      enter(socket, admission, joined).catch((error: unknown) => {
        log.warn({ err: error }, "replay failed")
        // Left in, it would receive what comes but never what it missed; the client comes back and asks again.
        socket.disconnect(true)
      })
  })
  return async (room) => {
    changes++
    const within = [...namespace.sockets.values()].filter((socket) => socket.rooms.has(room))
    await Promise.all(within.map((socket) => recheckOne(definition, socket, admissions.get(socket)?.admission)))
  }
}

function recheckOne(
  definition: SocketNamespace,
  socket: Socket,
  admission: SocketAdmission | undefined,
): Promise<void> {
  const { headers, auth } = socket.handshake
  const close = (now: string | null) => {
    // The connection, not the socket: a client that the server disconnects does not come back by itself.
    if (now === null || now !== admission?.grants) socket.conn.close()
  }
  // A client that cannot be looked up is not known to have the same grants.
  return definition.grants({ headers, auth }).then(close, () => close(null))
}

const wordsAtOnce = 60
const perSecond = 4

/** True while somebody says no more than a person at work would. */
function createAllowance() {
  let left = wordsAtOnce
  let at = performance.now()
  return () => {
    const now = performance.now()
    left = Math.min(wordsAtOnce, left + ((now - at) / 1000) * perSecond) - 1
    at = now
    return left >= 0
  }
}

// Whatever goes wrong at admission, nobody comes in.
const admitted = (definition: SocketNamespace, handshake: SocketHandshake) =>
  definition.admit(handshake).catch(() => null)

// Rooms first, then what was missed: something may come twice, nothing is skipped.
async function enter(socket: Socket, admission: SocketAdmission, joined: () => void) {
  await socket.join(admission.rooms)
  joined()
  const grants = createHash("sha256").update(admission.grants).digest("base64url").slice(0, 16)
  const [missed, state] = [await admission.missed(), (await admission.state?.()) ?? []]
  for (const { name, body } of state) socket.emit(name, body)
  if (missed === "resync") {
    socket.emit("resync", {})
    return socket.emit("ready", { grants })
  }
  const before = socket.handshake.auth["grants"]
  // What somebody may see by other grants does not follow from what happened to it.
  if (before !== undefined && before !== grants) socket.emit("resync", {})
  else for (const { name, body } of missed.emissions) socket.emit(name, body)
  return socket.emit("ready", { eventId: missed.lastEventId, grants })
}
