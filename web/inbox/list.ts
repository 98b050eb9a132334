import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { messagesQuery } from "../tickets/messages.ts"
import { ticketQuery, ticketsQuery } from "../tickets/tickets.ts"
import type { Place } from "./place.ts"
import { filterOf } from "./view.ts"

/** The list one is looking at, and the tickets beside the open one (J and K), fetched before they are asked for. */
export function useList(place: Place) {
  const filter = {
    ...filterOf(place.view),
    sort: place.sort === "oldest" ? "lastMessageAt" : "-lastMessageAt",
    q: place.q || undefined,
  }
  const list = useInfiniteQuery(ticketsQuery(filter))
  const tickets = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const at = tickets.findIndex((ticket) => ticket.number === place.ref || ticket.id === place.ref)
  const next = at < 0 ? tickets[0]?.number : tickets[at + 1]?.number
  const previous = at > 0 ? tickets[at - 1]?.number : undefined
  usePrefetch(next)
  return { list, tickets, next, previous }
}

export type List = ReturnType<typeof useList>

function usePrefetch(number: string | undefined) {
  const client = useQueryClient()
  useEffect(() => {
    if (!number) return
    const timer = setTimeout(() => {
      void client.prefetchQuery(ticketQuery(number))
      void client.prefetchInfiniteQuery(messagesQuery(number))
    }, 300)
    return () => clearTimeout(timer)
  }, [client, number])
}
