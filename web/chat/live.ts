// Learns that something was said: by socket, and by asking now and then while there is none.
import type { Socket } from "socket.io-client"

const askEveryMs = 15_000

export function follow(connectionId: string, token: () => string | null, refetch: () => void) {
  let socket: Socket | null = null
  let openedFor: string | null = null

  /** Call whenever the visitor may have become someone, or someone else. */
  async function connect() {
    const known = token()
    if (!known || known === openedFor) return
    openedFor = known
    socket?.disconnect()
    const { io } = await import("socket.io-client")
    socket = io("/chat", {
      path: "/socket",
      auth: { token: known, connectionId },
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelayMax: 20_000,
    })
    socket.on("connect", refetch)
    socket.on("message", refetch)
  }

  setInterval(() => {
    if (!socket?.connected && token() && document.visibilityState === "visible") refetch()
  }, askEveryMs)
  return { connect: () => void connect().catch(() => (openedFor = null)) }
}
