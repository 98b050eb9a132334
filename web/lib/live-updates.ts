// Live updates only say what is stale; the screen asks again for what it shows.
import type { Query, QueryClient } from "@tanstack/react-query"
import type { Socket } from "socket.io-client"
import { createSharedState } from "./shared-state.ts"
import { useSocket } from "./socket.ts"
import { receiveTyping, receiveViewing, connectViewers } from "../tickets/viewers/ticket-viewers.ts"

interface Notice {
  ticketId?: string
  number?: string
  eventId?: string | number
}

export type SocketState = "connecting" | "connected" | "lost" | "offline"

const link = createSharedState<SocketState>("connecting")
let lastEventId: string | number | undefined

export const useSocketState = link.use

export const useLiveUpdates = () => useSocket(listen, tellLast)

function tellLast(answer: (said: object) => void) {
  answer(lastEventId === undefined ? {} : { lastEventId })
}

function listen(socket: Socket, client: QueryClient, ending: AbortSignal) {
  const stale = gather(client)
  // One event may be told as a ticket and as a message; the second telling is no news.
  const note = ({ ticketId, eventId }: Notice) => {
    if (eventId !== undefined && eventId === lastEventId) return
    if (eventId !== undefined) lastEventId = eventId
    stale(ticketId ?? "")
  }
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
  socket.on("ready", ({ eventId }: Notice) => (lastEventId = eventId))
  socket.on("ticket", note)
  socket.on("message", note)
  socket.on("viewing", receiveViewing)
  socket.on("typing", receiveTyping)
  socket.on("presence", () => void client.invalidateQueries({ queryKey: ["users"] }))
  socket.on("notification", () => void client.invalidateQueries({ queryKey: ["notifications"] }))
  socket.on("resync", () => void client.invalidateQueries())
  const offline = () => link.set("offline")
  const online = () => socket.connect()
  addEventListener("offline", offline, { signal: ending })
  addEventListener("online", online, { signal: ending })
}

/** The first notice acts at once; those that come while its answers are on their way, and 100 ms after, act together. */
function gather(client: QueryClient) {
  const waiting = new Set<string>()
  let isBusy = false
  const flush = async () => {
    isBusy = true
    while (waiting.size > 0) {
      const ids = new Set(waiting)
      waiting.clear()
      await refresh(client, ids)
      await new Promise((done) => setTimeout(done, 100))
    }
    isBusy = false
  }
  return (ticketId: string) => {
    waiting.add(ticketId)
    if (!isBusy) void flush()
  }
}

/** What someone is reading first: a browser asks only six things at a time. Drafts are nobody else's to change. */
async function refresh(client: QueryClient, ids: Set<string>) {
  const isOf = (query: Query) => query.queryKey[0] === "ticket" && ids.has(idOf(client, query.queryKey[1]))
  await Promise.allSettled([
    client.invalidateQueries({ predicate: (query) => isOf(query) && query.queryKey[2] === "messages" }),
    client.invalidateQueries({
      predicate: (query) => isOf(query) && !["messages", "drafts"].includes(String(query.queryKey[2])),
    }),
    client.invalidateQueries({ queryKey: ["tickets", "list"] }),
    client.invalidateQueries({ queryKey: ["tickets", "counts"] }),
  ])
}

const idOf = (client: QueryClient, ref: unknown) => client.getQueryData<{ id: string }>(["ticket", ref])?.id ?? ""
