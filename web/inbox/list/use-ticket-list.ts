import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useState } from "react"
import { showsDetails } from "../../tickets/details/details-panel-state.ts"
import { prefetchTicket } from "../../tickets/prefetch-ticket.ts"
import { ticketsQuery } from "../../tickets/ticket-queries.ts"
import type { InboxLocation } from "../inbox-location.ts"
import { keepPosition, type ListPosition, neighboursOf } from "./list-position.ts"

/** The list one is looking at, and the tickets beside the open one (J and K), fetched before they are asked for. */
export function useTicketList(place: InboxLocation) {
  const list = useInfiniteQuery({ ...ticketsQuery(place.query), enabled: !place.isLoading })
  const tickets = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const at = usePosition(
    tickets.findIndex((ticket) => ticket.number === place.ref || ticket.id === place.ref),
    place,
  )
  const next = tickets[at.next]?.number
  const previous = tickets[at.previous]?.number
  usePrefetch(next)
  return { list, tickets, next, previous }
}

export type TicketListState = ReturnType<typeof useTicketList>
export type NeighbouringTickets = Pick<TicketListState, "next" | "previous">

function usePrefetch(number: string | undefined) {
  const client = useQueryClient()
  useEffect(() => {
    if (!number) return
    const timer = setTimeout(() => prefetchTicket(client, number, showsDetails()), 300)
    return () => clearTimeout(timer)
  }, [client, number])
}

function usePosition(found: number, { ref }: InboxLocation): { next: number; previous: number } {
  const [kept, setKept] = useState<ListPosition>({ ref, at: found })
  const position = keepPosition(kept, ref, found)
  if (position !== kept) setKept(position)
  return neighboursOf(position, ref, found)
}
