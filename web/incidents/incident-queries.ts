// Incidents as the API tells them. The keys begin as those of tickets do, so that a live notice makes them stale too.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { Canonical, IncidentPriority, IncidentStatus, IncidentTicket, Trigger } from "#incidents/contract.ts"
import { get, queryString, type Page } from "../lib/api-client.ts"

export type TimelineEntry = Omit<IncidentTicket["timeline"][number], "timestamp"> & { timestamp: string }
export type ScorePart = "time" | "status" | "novedad" | "city" | "carrier"
export type ScoreLevel = "HIGH" | "MEDIUM" | "LOW"

export interface Score {
  total: number
  level: ScoreLevel
  parts: { part: ScorePart; points: number }[]
}

/** As JSON brings it. */
export interface Incident {
  id: string
  number: string
  carrier: string
  city: string
  canonical: Canonical | null
  movedAt: string | null
  cause: string | null
  score: Score
  incident: Pick<IncidentTicket, "ticketId" | "guia" | "metadata" | "actionRefs" | "eventRefs" | "refCount"> & {
    trigger: Trigger
    priority: IncidentPriority
    status: IncidentStatus
    createdAt: string
    timeline: TimelineEntry[]
    resolutionNotes?: string
  }
}

export interface FilterCount {
  name: string
  count: number
}

export interface Outage {
  trigger: Trigger
  failureCode: number | null
  cause: string | null
  carrier: string
  count: number
  lately: number
  share: number
}

export interface BoardSummary {
  total: number
  byTrigger: FilterCount[]
  byCarrier: FilterCount[]
  byCity: FilterCount[]
  outage: Outage | null
}

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
