import { useQuery } from "@tanstack/react-query"
import { get, queryString, type Page } from "../../lib/api-client.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import type { Contact } from "../contact-query.ts"

const ticketsOf = (contactId: string, filter: Record<string, string | readonly string[]>, limit: number) => ({
  queryKey: ["tickets", "of", contactId, "for merging", filter],
  queryFn: () => get<Page<ListedTicket>>(`/tickets${queryString({ contactId, ...filter, limit })}`),
})

// With "resolved", which none of them ever is, snoozed ones are among them.
const openConversations = { kind: "conversation", phase: ["new", "active", "waiting", "resolved"] }

/** How many tickets somebody has, and their open conversations, of which each connection has one. */
export function useTicketsBeforeMerge({ id }: Contact) {
  const total = useQuery(ticketsOf(id, {}, 1)).data?.total
  const conversations = useQuery(ticketsOf(id, openConversations, 100)).data?.items ?? []
  return { total, conversations }
}
