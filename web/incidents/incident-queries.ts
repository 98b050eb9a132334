// Incidents as the API returns them. The keys begin as those of tickets do, so that a live notice makes them stale too.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { BoardIncident, BoardSummary } from "#incidents/board/api-contract.ts"
import { get, queryString, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"

export type Incident = Json<BoardIncident>
export type TimelineEntry = Incident["incident"]["timeline"][number]
export type Score = Incident["score"]
export type ScoreLevel = Score["level"]
export type FilterCount = BoardSummary["byTrigger"][number]
export type { BoardSummary } from "#incidents/board/api-contract.ts"
export type Outage = NonNullable<BoardSummary["outage"]>

export interface BoardFilter {
  status?: "resolved" | "closed"
  trigger?: string
  carrier?: string
  city?: string
}

export const incidentsQuery = (filter: BoardFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", "incidents", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Incident>>(`/incidents${queryString({ ...filter, limit: 50, cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

export const summaryQuery = queryOptions({
  queryKey: ["tickets", "counts", "incidents"],
  queryFn: ({ signal }) => get<BoardSummary>("/incidents/summary", signal),
})

export const incidentQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "incident"],
    queryFn: ({ signal }) => get<Incident>(`/incidents/${encodeURIComponent(ref)}`, signal),
    staleTime: 15_000,
  })
