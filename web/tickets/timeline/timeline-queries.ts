import { queryOptions } from "@tanstack/react-query"
import { get } from "../../lib/api-client.ts"
import type { TimelineAnswer, WhyAnswer } from "#tickets/history/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"
import { fetchPart } from "../combine-ticket-part-requests.ts"

type Timeline = Json<TimelineAnswer>
type Decisions = Json<WhyAnswer>

export type Decision = Decisions["items"][number]
export type TimelineEvent = Timeline["items"][number]
/** An automatic choice: a code the screen says in the viewer's language, and the English sentence the server wrote. */
export type DecisionReason = Pick<Decision, "code" | "because" | "inputs">

export const timelineQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "timeline"],
    queryFn: () => fetchPart(ref, "timeline", () => get<Timeline>(`/tickets/${ref}/timeline`)),
    staleTime: 15_000,
  })

export const decisionsQuery = (ref: string) =>
  queryOptions({
    queryKey: ["ticket", ref, "why"],
    queryFn: ({ signal }) => get<Decisions>(`/tickets/${ref}/why`, signal),
    staleTime: 15_000,
  })
