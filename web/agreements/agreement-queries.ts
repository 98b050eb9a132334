// Agreements as the API returns them. The keys begin as those of tickets do, so that a live notice makes them stale too.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { Agreement as OfServer, AgreementCounts } from "#agreements/api-contract.ts"
import { get, postIdempotent, queryString, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { allTickets } from "../tickets/ticket-queries.ts"
import { statesOf, type BoardFilter } from "./board-filter.ts"

export type Agreement = Json<OfServer>
export type Evidence = Agreement["evidence"][number]

export const agreementsQuery = (filter: BoardFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", "agreements", filter],
    queryFn: ({ pageParam, signal }) => {
      const parameters = { state: statesOf(filter), company: filter.company, limit: 50, cursor: pageParam }
      return get<Page<Agreement>>(`/agreements${queryString(parameters)}`, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

export const agreementCountsQuery = queryOptions({
  queryKey: ["tickets", "counts", "agreements"],
  queryFn: ({ signal }) => get<AgreementCounts>("/agreements/counts", signal),
})

export const agreementQuery = (id: string) =>
  queryOptions({
    queryKey: ["ticket", id, "agreement"],
    queryFn: ({ signal }) => get<Agreement>(`/agreements/${encodeURIComponent(id)}`, signal),
  })

/** What a lead decides. A refusal is said in the form that asks for the reason. */
export const useDecideByHand = (id: string) =>
  useAct({
    run: ({ decision, reason }: { decision: "close" | "reopen"; reason: string }) =>
      postIdempotent<Agreement>(`/agreements/${encodeURIComponent(id)}/${decision}`, { reason }),
    done: (agreement, _input, client) => void client.setQueryData(agreementQuery(id).queryKey, agreement),
    // The page may have come by the ticket's number: what it shows is kept under that.
    stale: allTickets,
    refused: "in the form",
  })
