// The socket of the staff's pages: what it brings is handed to what keeps the screen up to date.
import type { QueryClient } from "@tanstack/react-query"
import type { Socket } from "socket.io-client"
import { createSharedState } from "../lib/shared-state.ts"
import { useSocket } from "../lib/use-socket.ts"
import { followSocket, tellSeen, type SeenSoFar } from "./apply-socket-events.ts"
import {
  connectViewers,
  receiveCustomerTyping,
  receiveTyping,
  receiveViewing,
} from "../tickets/viewers/ticket-viewers.ts"

export type SocketState = "connecting" | "connected" | "lost" | "offline"

const link = createSharedState<SocketState>("connecting")
const seen: SeenSoFar = {}

export const useSocketState = link.use

export const useLiveUpdates = () => useSocket(listen, tellLast)

function tellLast(answer: (said: object) => void) {
  answer(tellSeen(seen, performance.now()))
}

function listen(socket: Socket, client: QueryClient, ending: AbortSignal) {
  let isBack = false
  const updates = followSocket(socket, client, seen, () => document.hidden)
  socket.on("connect", () => {
    // What failed while the server was away is asked for again; what was missed is replayed by the server.
    if (link.get() !== "connecting")
      void client.invalidateQueries({ predicate: (query) => query.state.status === "error" })
    link.set("connected")
    connectViewers((name, body) => socket.emit(name, body))
  })
  // Sent away by the server: come back and be admitted anew. Refused: the session may be over, and the session says so.
  const comeBack = () => setTimeout(() => !ending.aborted && socket.connect(), 1000 + Math.random() * 2000)
  socket.on("disconnect", (reason) => {
    connectViewers(undefined)
    link.set(navigator.onLine ? "lost" : "offline")
    if (reason === "io server disconnect") comeBack()
  })
  socket.on("connect_error", () => {
    link.set(navigator.onLine ? "lost" : "offline")
    if (socket.active) return
    void client.invalidateQueries({ queryKey: ["session"] })
    comeBack()
  })
  socket.on("viewing", receiveViewing)
  socket.on("typing", receiveTyping)
  socket.on("customer:typing", receiveCustomerTyping)
  // Neither is stored for clients that were away.
  const forgetUnheard = () => {
    if (isBack) for (const key of ["notifications", "users"]) void client.invalidateQueries({ queryKey: [key] })
    isBack = true
  }
  socket.on("ready", forgetUnheard)
  socket.on("notification", () => void client.invalidateQueries({ queryKey: ["notifications"] }))
  const offline = () => link.set("offline")
  const online = () => socket.connect()
  addEventListener("offline", offline, { signal: ending })
  addEventListener("online", online, { signal: ending })
  document.addEventListener("visibilitychange", updates.resume, { signal: ending })
  ending.addEventListener("abort", updates.stop)
}
