import type { QueryClient } from "@tanstack/react-query"
import { contactQuery } from "../contacts/contact-query.ts"
import { draftsQuery } from "./composer/drafts.ts"
import { replyWindowQuery } from "./composer/reply-window-query.ts"
import { messagesQuery } from "./messages/message-queries.ts"
import { fetchPart } from "./combine-ticket-part-requests.ts"
import { ticketQuery, ticketsOfContactQuery } from "./ticket-queries.ts"
import { timelineQuery } from "./timeline/timeline-queries.ts"

/** All that the screen of a ticket shows, as far as it is not there yet: one request. `withDetails`: the panel beside it, too. */
export function prefetchTicket(client: QueryClient, ref: string, withDetails: boolean) {
  const known = client.getQueryData(ticketQuery(ref).queryKey)
  void client.prefetchQuery(ticketQuery(ref))
  void client.prefetchInfiniteQuery(messagesQuery(ref))
  void client.prefetchQuery(timelineQuery(ref))
  void client.prefetchQuery(replyWindowQuery(ref))
  void client.prefetchQuery(draftsQuery(ref))
  if (!known) return void prefetchContact(client, ref, withDetails)
  if (!known.contact) return
  void client.prefetchQuery(contactQuery(known.contact.id, ref))
  if (withDetails) void client.prefetchQuery(ticketsOfContactQuery(known.contact.id, ref))
}

/** Whose ticket it is comes with the same answer. */
async function prefetchContact(client: QueryClient, ref: string, withDetails: boolean) {
  const orNone = <T>(part: Promise<T>) => part.catch(() => undefined)
  const [ticket, contact, tickets] = await Promise.all([
    orNone(fetchPart(ref, "ticket")),
    orNone(fetchPart(ref, "contact")),
    withDetails ? orNone(fetchPart(ref, "contactTickets")) : undefined,
  ])
  if (!ticket?.contact) return
  if (contact) client.setQueryData(contactQuery(ticket.contact.id).queryKey, contact)
  if (tickets) client.setQueryData(ticketsOfContactQuery(ticket.contact.id, ref).queryKey, tickets)
}
