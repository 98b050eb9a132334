import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import { get, queryString, type Page } from "../lib/api-client.ts"
import type { ListedTicket, Ticket } from "./ticket.ts"

export type TicketFilter = Record<string, string | readonly string[] | undefined>

export const ticketsQuery = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ListedTicket>>(`/tickets${queryString({ ...filter, limit: 50, cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    ...(filter["q"] && { placeholderData: keepPreviousData }),
  })

interface Count {
  count: number
  isCapped: boolean
}

export type TicketCounts = Record<"mine" | "unassigned" | "open" | "undelivered", Count> & {
  views?: Record<string, Count>
}

export const countsQuery = queryOptions({
  queryKey: ["tickets", "counts"],
  queryFn: ({ signal }) => get<TicketCounts>("/tickets/counts", signal),
})

export const ticketQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref],
    queryFn: ({ signal }) => get<Ticket>(`/tickets/${encodeURIComponent(ref)}`, signal),
    staleTime: 15_000,
  })

export const ticketsOfContactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["tickets", "of", contactId],
    queryFn: ({ signal }) => get<Page<ListedTicket>>(`/tickets${queryString({ contactId, limit: 20 })}`, signal),
  })
