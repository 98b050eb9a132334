// An open inbox without a browser: the queries and the live updates of the web's own code, over a real socket.
import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query"
import { io, type Socket } from "socket.io-client"
import { followSocket, tellSeen, type SeenSoFar } from "../web/live-updates/apply-socket-events.ts"
import type { Viewer } from "../web/live-updates/ticket-notice-and-row.ts"
import type { LoadedList } from "../web/live-updates/place-row-in-list.ts"
import { countsQuery, type TicketCounts, type TicketFilter, ticketsQuery } from "../web/tickets/ticket-queries.ts"
import { queryString } from "../web/lib/api-client.ts"

type ScreenSession = { base: string; token: string; filters: TicketFilter[]; isHidden?: () => boolean }

export type InboxScreen = {
  socket: Socket
  viewer: Viewer
  /** What a list shows, first page to last. */
  list: (filter: TicketFilter) => LoadedList
  counts: () => TicketCounts
  /** When the server answered them last. */
  countedAt: () => number
  /** How often it asked the server. */
  requests: () => number
  resume: () => void
  close: () => void
}

/** Resolves when everything is loaded and the socket is ready. */
export async function openInboxScreen({
  base,
  token,
  filters,
  isHidden = () => false,
}: ScreenSession): Promise<InboxScreen> {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, networkMode: "always", retry: false } },
  })
  const openedAt = performance.now()
  let requests = 0
  const get = async <T>(path: string): Promise<T> => {
    requests++
    const answer = await fetch(`${base}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.json()) as T
  }
  const viewer = await get<Viewer>("/me")
  client.setQueryData(["me"], viewer)
  const observers = [
    ...filters.map((filter) => {
      const queryFn = ({ pageParam }: { pageParam: unknown }) =>
        get(`/tickets${queryString({ ...filter, limit: 50, cursor: pageParam as string | undefined })}`)
      return new InfiniteQueryObserver(client, { ...ticketsQuery(filter), queryFn } as never)
    }),
    new QueryObserver(client, { ...countsQuery, queryFn: () => get<TicketCounts>("/tickets/counts") }),
  ]
  const unsubscribes = observers.map((observer) => observer.subscribe(() => {}))
  await settled(client)
  const seen: SeenSoFar = {}
  const socket = io(base, {
    path: "/socket",
    auth: (answer) => answer({ token, ...tellSeen(seen, performance.now() - openedAt) }),
    transports: ["websocket"],
    forceNew: true,
  })
  const updates = followSocket(socket, client, seen, isHidden)
  await new Promise<void>((done, fail) => {
    socket.once("ready", () => done())
    socket.once("connect_error", fail)
  })
  await settled(client)
  return {
    socket,
    viewer,
    list: (filter) => client.getQueryData<LoadedList>(ticketsQuery(filter).queryKey)!,
    counts: () => client.getQueryData<TicketCounts>(countsQuery.queryKey)!,
    countedAt: () => client.getQueryState(countsQuery.queryKey)!.dataUpdatedAt,
    requests: () => requests,
    resume: updates.resume,
    close: () => {
      updates.stop()
      socket.disconnect()
      for (const unsubscribe of unsubscribes) unsubscribe()
      client.clear()
    },
  }
}

/** Nothing is being asked for any more. */
function settled(client: QueryClient): Promise<void> {
  return new Promise((done) => {
    const look = () => client.isFetching() === 0 && (unsubscribe(), done())
    const unsubscribe = client.getQueryCache().subscribe(look)
    look()
  })
}
