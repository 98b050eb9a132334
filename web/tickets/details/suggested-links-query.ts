// Tickets that mails of a ticket name. Tickets of other channels have none, and are not asked for.
import { queryOptions, useQuery } from "@tanstack/react-query"
import type { SuggestedLink } from "#tickets/links/api-contract.ts"
import { get } from "../../lib/api-client.ts"
import { fetchPart } from "../combine-ticket-part-requests.ts"
import type { Ticket } from "../ticket.ts"

const suggestedLinksQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "suggested-links"],
    queryFn: () =>
      fetchPart(ref, "suggestedLinks", () => get<{ items: SuggestedLink[] }>(`/tickets/${ref}/suggested-links`)),
    staleTime: 15_000,
  })

export function useSuggestedLinks({ number, channel }: Ticket): SuggestedLink[] {
  const { data } = useQuery({ ...suggestedLinksQuery(number), enabled: channel === "email" })
  return data?.items ?? []
}
