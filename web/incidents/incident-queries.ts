// Incidents as the API returns them. The keys begin as those of tickets do, so that a live notice makes them stale too.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { BoardIncident, BoardSummary, IncidentSelection } from "#incidents/board/api-contract.ts"
import { get, queryString, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { boardQuery, type BoardFilter } from "./board-filter.ts"

export type Incident = Json<BoardIncident>
export type TimelineEntry = Incident["incident"]["timeline"][number]
export type Score = Incident["score"]
export type ScoreLevel = Score["level"]
export type FilterCount = BoardSummary["byTrigger"][number]
export type { BoardSummary } from "#incidents/board/api-contract.ts"
export type { BoardFilter } from "./board-filter.ts"
export type Outage = NonNullable<BoardSummary["outage"]>

/** One of many that are changed at once. */
export type SelectableIncident = IncidentSelection["items"][number]

/** All incidents of a filter, as far as they can be changed at once. */
export const fetchSelection = (filter: BoardFilter) =>
  get<IncidentSelection>(`/incidents/selection${queryString(boardQuery(filter))}`)

export const incidentsQuery = (filter: BoardFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", "incidents", filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Incident>>(`/incidents${queryString({ ...boardQuery(filter), limit: 50, cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })

/** How many of a cause nobody has, as the head of a list says it. */
export const freeOfCauseQuery = (filter: BoardFilter) =>
  queryOptions({
    queryKey: ["tickets", "counts", "incidents", filter],
    queryFn: ({ signal }) =>
      get<Page<Incident>>(`/incidents${queryString({ ...boardQuery(filter), limit: 1 })}`, signal),
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
