import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import type { Campaign as Stored, CampaignStatus, Progress } from "#campaigns/contract.ts"
import { get, patch, postIdempotent, put, remove, type Page } from "../lib/api-client.ts"

/** As JSON brings it. */
export type Campaign = Omit<Stored, "scheduledAt" | "finishedAt" | "createdAt"> & {
  scheduledAt: string | null
  finishedAt: string | null
  createdAt: string
}
export type CampaignWithProgress = Campaign & { progress: Progress }
export type Status = CampaignStatus

export const campaignsQuery = queryOptions({
  queryKey: ["campaigns", "list"],
  queryFn: ({ signal }) => get<Page<Campaign>>("/campaigns?limit=50", signal),
})

const every: Partial<Record<Status, number>> = { running: 2_000, scheduled: 10_000, paused: 10_000, done: 10_000 }

/** Looks again by itself: what becomes of the messages is told for days after the last has gone. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", id],
    queryFn: ({ signal }) => get<CampaignWithProgress>(`/campaigns/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && every[state.data.status]) || false,
    staleTime: 2_000,
  })

export interface NewCampaignBody {
  name: string
  kind: Campaign["kind"]
  connectionId: string
  template: NonNullable<Campaign["template"]>
  pacePerMinute: number | null
}

export interface AddedRecipients {
  added: number
  repeated: number
  errors: { line: number; message: string }[]
  readAs: { country: string; count: number } | null
}

export function useCreateCampaign() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewCampaignBody) => postIdempotent<Campaign>("/campaigns", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["campaigns"] }),
  })
}

export function useCampaignMutations(id: string) {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: ["campaigns"] })
  return {
    add: useMutation({
      mutationFn: (csv: string) => postIdempotent<AddedRecipients>(`/campaigns/${id}/recipients`, { csv }),
      onSettled,
    }),
    step: useMutation({
      mutationFn: (status: Status) => put<Campaign>(`/campaigns/${id}/status`, { status }),
      onSettled,
    }),
    schedule: useMutation({
      mutationFn: async (scheduledAt: string) => {
        await patch<Campaign>(`/campaigns/${id}`, { scheduledAt })
        return put<Campaign>(`/campaigns/${id}/status`, { status: "scheduled" })
      },
      onSettled,
    }),
    plan: useMutation({
      mutationFn: (plan: Pick<NewCampaignBody, "name" | "template" | "pacePerMinute">) =>
        patch<Campaign>(`/campaigns/${id}`, plan),
      onSettled,
    }),
    remove: useMutation({ mutationFn: () => remove(`/campaigns/${id}`), onSettled }),
  }
}
