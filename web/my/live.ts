// A customer's page hears that one of their requests moved, and asks again. While there is no socket it asks now and then.
import { useQueryClient, type QueryClient } from "@tanstack/react-query"
import { useEffect } from "react"

const lookAgainMs = 10_000
let isLive = false

export const untilLive = () => (isLive ? false : lookAgainMs)

export function useLive() {
  const client = useQueryClient()
  useEffect(() => {
    const ending = new AbortController()
    void connect(client, ending.signal)
    return () => ending.abort()
  }, [client])
}

async function connect(client: QueryClient, ending: AbortSignal) {
  const { io } = await import("socket.io-client")
  if (ending.aborted) return
  const socket = io({ path: "/socket" })
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
  socket.on("message", askAgain)
  socket.on("disconnect", lost)
  // Refused, not lost: the session may be over, and the session says so.
  socket.on("connect_error", () => !socket.active && void client.invalidateQueries({ queryKey: ["session"] }))
  ending.addEventListener("abort", () => {
    socket.disconnect()
    isLive = false
  })
}
