import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  replaceEqualDeep,
  type InfiniteData,
} from "@tanstack/react-query"
import type { Counts } from "#views/api-contract.ts"
import { get, queryString, type Page } from "../lib/api-client.ts"
import { fetchPart } from "./combine-ticket-part-requests.ts"
import type { ListedTicket, Ticket } from "./ticket.ts"
import { withUnconfirmed } from "./unconfirmed-changes.ts"

export type TicketFilter = Record<string, string | readonly string[] | undefined>

export const ticketsQuery = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<ListedTicket>>(`/tickets${queryString({ ...filter, limit: 50, cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    structuralSharing: shareRows as (before: unknown, after: unknown) => unknown,
    ...(filter["q"] && { placeholderData: keepPreviousData }),
  })

type TicketPages = InfiniteData<Page<ListedTicket>>

/** Rows stay the same objects wherever they move. Compared by their place, as is usual, every row below a new one would be drawn again. */
function shareRows(before: TicketPages | undefined, { pages, ...after }: TicketPages): TicketPages {
  const known = new Map(before?.pages.flatMap(({ items }) => items.map((item) => [item.id, item])))
  const shared = (item: ListedTicket) => replaceEqualDeep<ListedTicket>(known.get(item.id), item)
  const shown = { ...after, pages: pages.map((page) => ({ ...page, items: page.items.map(shared) })) }
  // The same rows in the same places are the same data: else what is shown meanwhile would be new at every drawing, for ever.
  return hasSameRows(before, shown) ? replaceEqualDeep(before, shown) : shown
}

function hasSameRows(before: TicketPages | undefined, after: TicketPages): before is TicketPages {
  const [old, now] = [before, after].map((all) => all?.pages.map(({ items }) => items))
  return (
    old !== undefined &&
    old.length === now!.length &&
    old.every((items, i) => items.length === now![i]!.length && items.every((item, j) => item === now![i]![j]))
  )
}

export type TicketCounts = Counts

export const countsQuery = queryOptions({
  queryKey: ["tickets", "counts"],
  queryFn: ({ signal }) => get<TicketCounts>("/tickets/counts", signal),
})

/** As the server has it: what is under way is not in it. */
export const readTicket = (ref: string) =>
  fetchPart(ref, "ticket", () => get<Ticket>(`/tickets/${encodeURIComponent(ref)}`))

export const ticketQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref],
    queryFn: async () => withUnconfirmed(ref, await readTicket(ref)),
    staleTime: 15_000,
  })

/** `ref`: the ticket that is open. */
export const ticketsOfContactQuery = (contactId: string, ref: string) =>
  queryOptions({
    queryKey: ["tickets", "of", contactId],
    queryFn: () =>
      fetchPart(ref, "contactTickets", () =>
        get<Page<ListedTicket>>(`/tickets${queryString({ contactId, limit: 20 })}`),
      ),
    staleTime: 15_000,
  })

/** After what may have changed several tickets: the lists and whatever is open are read anew. */
export const allTickets = [["ticket"], ["tickets"]] as const
