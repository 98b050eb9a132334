// Live updates only say what is stale; the screen asks again for what it shows.
import { useQueryClient, type QueryClient } from "@tanstack/react-query"
import { useEffect, useSyncExternalStore } from "react"

interface Notice {
  ticketId?: string
  number?: string
  eventId?: string | number
}

export type Link = "connecting" | "connected" | "lost" | "offline"

let link: Link = "connecting"
let lastEventId: string | number | undefined
const listeners = new Set<() => void>()

function setLink(next: Link) {
  link = next
  for (const listener of listeners) listener()
}

export const useLink = (): Link =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => link,
  )

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
  const socket = io({ path: "/socket", auth: (answer) => answer(lastEventId === undefined ? {} : { lastEventId }) })
  const stale = gather(client)
  const note = (notice: Notice) => {
    if (notice.eventId !== undefined) lastEventId = notice.eventId
    stale(notice.ticketId ?? "")
  }
  socket.on("connect", () => {
    // What failed while the server was away is asked for again; what was missed is replayed by the server.
    if (link !== "connecting") void client.invalidateQueries({ predicate: (query) => query.state.status === "error" })
    setLink("connected")
  })
  // Sent away by the server: come back and be admitted anew. Refused: the session may be over, and the session says so.
  const comeBack = () => setTimeout(() => !ending.aborted && socket.connect(), 1000 + Math.random() * 2000)
  socket.on("disconnect", (reason) => {
    setLink(navigator.onLine ? "lost" : "offline")
    if (reason === "io server disconnect") comeBack()
  })
  socket.on("connect_error", () => {
    setLink(navigator.onLine ? "lost" : "offline")
    if (socket.active) return
    void client.invalidateQueries({ queryKey: ["session"] })
    comeBack()
  })
  socket.on("ready", ({ eventId }: Notice) => (lastEventId = eventId))
  socket.on("ticket", note)
  socket.on("message", note)
  socket.on("resync", () => void client.invalidateQueries())
  const offline = () => setLink("offline")
  const online = () => socket.connect()
  addEventListener("offline", offline, { signal: ending })
  addEventListener("online", online, { signal: ending })
  ending.addEventListener("abort", () => socket.disconnect())
}

/** The first notice acts at once, those of the next 200 ms together: fast when quiet, calm in a flood. */
function gather(client: QueryClient) {
  const waiting = new Set<string>()
  let pause: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    pause = undefined
    if (waiting.size === 0) return
    const ids = new Set(waiting)
    waiting.clear()
    pause = setTimeout(flush, 200)
    refresh(client, ids)
  }
  return (ticketId: string) => {
    waiting.add(ticketId)
    if (!pause) flush()
  }
}

function refresh(client: QueryClient, ids: Set<string>) {
  void client.invalidateQueries({ queryKey: ["tickets"] })
  void client.invalidateQueries({
    predicate: ({ queryKey, state }) =>
      queryKey[0] === "ticket" && ids.has((state.data as { id?: string } | undefined)?.id ?? idOf(client, queryKey[1])),
  })
}

const idOf = (client: QueryClient, ref: unknown) => client.getQueryData<{ id: string }>(["ticket", ref])?.id ?? ""
