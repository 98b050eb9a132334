import type { InfiniteData } from "@tanstack/react-query"
import { post, type Page } from "../../lib/api-client.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { Ticket } from "../ticket.ts"

/** Nothing up to this message is unread any more; a failure is harmless and the next reading repeats it. */
export const useMarkRead = () =>
  useAct({
    run: ({ ref, lastSeenMessageId }: { ref: string; lastSeenMessageId: string }) =>
      post<Ticket>(`/tickets/${ref}/read`, { lastSeenMessageId }),
    done: ({ unreadMessages }, { ref }, client) => {
      client.setQueryData<Ticket>(["ticket", ref], (ticket) => ticket && { ...ticket, unreadMessages })
      client.setQueriesData<InfiniteData<Page<Ticket>>>(
        { queryKey: ["tickets", "list"] },
        (list) => list && readIn(list, ref, unreadMessages),
      )
    },
    refused: () => true,
  })

function readIn(list: InfiniteData<Page<Ticket>>, ref: string, unreadMessages: number): InfiniteData<Page<Ticket>> {
  const read = (ticket: Ticket) => (ticket.number === ref ? { ...ticket, unreadMessages } : ticket)
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(read) })) }
}
