// Learns that something was said: by socket, and by asking now and then while there is none.
import type { Socket } from "socket.io-client"
import { isEmbedded } from "./page-setup.ts"

const askEveryMs = 15_000
/** With a socket too: what it says depends on who the desk thinks the visitor is, and that may change. */
const askAnywayMs = 60_000

type SocketCallbacks = { token: () => string | null; refetch: () => void; typing: () => void }

export function startLiveUpdates(connectionId: string, { token, refetch, typing }: SocketCallbacks) {
  let socket: Socket | null = null
  let openedFor: string | null = null
  let allowedSites: string | null = null

  // Browsers decide whether this page may stand in another when they load it, and what is being written outlives that.
  const checkSites = ({ version }: { version: string }) => {
    if (isEmbedded && allowedSites !== null && allowedSites !== version) location.reload()
    allowedSites = version
  }

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
    // Refused, not lost: the server lets nobody in who has not written yet. The next answer tries again.
    socket.on("connect_error", () => !socket?.active && (openedFor = null))
    socket.on("message", refetch)
    socket.on("typing", typing)
    socket.on("sites", checkSites)
  }

  const ask = () => token() && document.visibilityState === "visible" && refetch()
  setInterval(() => !socket?.connected && ask(), askEveryMs)
  setInterval(ask, askAnywayMs)
  return {
    connect: () => void connect().catch(() => (openedFor = null)),
    /** Lost when there is no socket: nobody waits for it. */
    sayTyping: (isTyping: boolean) => void (socket?.connected && socket.emit("typing", { isTyping })),
  }
}
