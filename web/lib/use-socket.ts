// The page's socket: opened once the page stands, closed with it. Its code is fetched apart, so that the page comes first.
import { useQueryClient, type QueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import type { Socket, SocketOptions } from "socket.io-client"

/** Adds the listeners to a socket that is about to connect. `ending` says when it is closed for good. */
type Tend = (socket: Socket, client: QueryClient, ending: AbortSignal) => void

/** `tend` and `auth` are the same at each call. */
export function useSocket(tend: Tend, auth?: SocketOptions["auth"]) {
  const client = useQueryClient()
  useEffect(() => {
    const ending = new AbortController()
    void open(tend, client, ending.signal, auth)
    return () => ending.abort()
  }, [client, tend, auth])
}

async function open(tend: Tend, client: QueryClient, ending: AbortSignal, auth: SocketOptions["auth"]) {
  const { io } = await import("socket.io-client")
  if (ending.aborted) return
  const socket = io({ path: "/socket", ...(auth && { auth }) })
  tend(socket, client, ending)
  ending.addEventListener("abort", () => socket.disconnect())
}
