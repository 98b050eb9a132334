// A customer's page is notified that one of their requests moved, and asks again. While there is no socket it asks now and then.
import type { QueryClient } from "@tanstack/react-query"
import type { Socket } from "socket.io-client"
import { useSocket } from "../lib/use-socket.ts"

const lookAgainMs = 10_000
let isLive = false

export const pollUntilLive = () => (isLive ? false : lookAgainMs)

export const useLiveUpdates = () => useSocket(listen)

function listen(socket: Socket, client: QueryClient, ending: AbortSignal) {
  const askAgain = () => void client.invalidateQueries({ queryKey: ["my"] })
  const lost = () => {
    isLive = false
    askAgain()
  }
  // What was missed on the way is in what is asked for now.
  socket.on("ready", () => {
    isLive = true
    askAgain()
  })
  socket.on("ticket", askAgain)
  socket.on("resync", askAgain)
  socket.on("message", askAgain)
  socket.on("disconnect", lost)
  // Refused, not lost: the session may be over, and the session says so.
  socket.on("connect_error", () => !socket.active && void client.invalidateQueries({ queryKey: ["session"] }))
  ending.addEventListener("abort", () => void (isLive = false))
}
