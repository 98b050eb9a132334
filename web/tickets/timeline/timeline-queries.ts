import { queryOptions } from "@tanstack/react-query"
import { get } from "../../lib/api-client.ts"

/** An automatic choice: a code the screen says in the viewer's language, and the English sentence the server wrote. */
export interface DecisionReason {
  code?: string
  because: string
  inputs?: Record<string, unknown>
}

export interface Decision extends DecisionReason {
  at: string
  question: string
  answer: string
  /** Why each was not chosen: a code of the same catalogue, said with the decision's own inputs. */
  rejected: { candidate: string; name?: string; code: string; because: string }[]
}

export interface TimelineEvent {
  timestamp: string
  action: string
  actor: { type: string; id: string | null; name?: string | null } | null
  details: Record<string, unknown>
  why?: DecisionReason | null
}

export const timelineQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "timeline"],
    queryFn: ({ signal }) => get<{ items: TimelineEvent[] }>(`/tickets/${ref}/timeline`, signal),
    staleTime: 15_000,
  })

export const decisionsQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "why"],
    queryFn: ({ signal }) => get<{ items: Decision[] }>(`/tickets/${ref}/why`, signal),
    staleTime: 15_000,
  })
