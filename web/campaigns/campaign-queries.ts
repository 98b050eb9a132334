import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  Campaign as Stored,
  CampaignStatus,
  createBody,
  Progress,
  recipientsAdded,
} from "#campaigns/api-contract.ts"
import { get, patch, postIdempotent, put, remove, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"

export type Campaign = Json<Stored>
export type CampaignWithProgress = Campaign & { progress: Progress }
export type Status = CampaignStatus

export const campaignsQuery = queryOptions({
  queryKey: ["campaigns", "list"],
  queryFn: ({ signal }) => get<Page<Campaign>>("/campaigns?limit=50", signal),
})

const every: Partial<Record<Status, number>> = { running: 2_000, scheduled: 10_000, paused: 10_000, done: 10_000 }

/** Looks again by itself: delivery reports come for days after the last message was sent. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", id],
    queryFn: ({ signal }) => get<CampaignWithProgress>(`/campaigns/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && every[state.data.status]) || false,
    staleTime: 2_000,
  })

export type NewCampaignBody = z.input<typeof createBody>
export type AddedRecipients = z.infer<typeof recipientsAdded>

const more = { stale: [["campaigns"]], refused: "in the form" } as const

export const useCreateCampaign = () =>
  useAct({ run: (body: NewCampaignBody) => postIdempotent<Campaign>("/campaigns", body), ...more })

const setStatus = (id: string, status: Status) => put<Campaign>(`/campaigns/${id}/status`, { status })

/** What a button without a form does at once says a refusal at the edge of the screen. */
export function useCampaignMutations(id: string) {
  const atOnce = { stale: more.stale }
  return {
    add: useAct({
      run: (csv: string) => postIdempotent<AddedRecipients>(`/campaigns/${id}/recipients`, { csv }),
      ...more,
    }),
    step: useAct({ run: (status: Status) => setStatus(id, status), ...more }),
    stepAtOnce: useAct({ run: (status: Status) => setStatus(id, status), ...atOnce }),
    schedule: useAct({
      run: async (scheduledAt: string) => {
        await patch<Campaign>(`/campaigns/${id}`, { scheduledAt })
        return setStatus(id, "scheduled")
      },
      ...more,
    }),
    plan: useAct({
      run: (plan: Pick<NewCampaignBody, "name" | "template" | "pacePerMinute">) =>
        patch<Campaign>(`/campaigns/${id}`, plan),
      ...more,
    }),
    remove: useAct({ run: () => remove(`/campaigns/${id}`), ...atOnce }),
  }
}
