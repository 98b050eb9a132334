import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { getAll, postIdempotent } from "../../lib/api-client.ts"

export interface FailedDelivery {
  id: string
  connectionId: string
  element: unknown
  reason: string
  tries: number
  createdAt: string
  replayedAt: string | null
}

export const failedDeliveriesQuery = queryOptions({
  queryKey: ["failed-deliveries"],
  queryFn: ({ signal }) => getAll<FailedDelivery>("/failed-deliveries", signal),
})

/** The answer tells whether it worked: it then carries `replayedAt`. */
export function useReplayDelivery() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => postIdempotent<FailedDelivery>(`/failed-deliveries/${id}/replay`),
    onSettled: () => client.invalidateQueries({ queryKey: ["failed-deliveries"] }),
  })
}
