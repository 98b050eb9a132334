import { queryOptions } from "@tanstack/react-query"
import type { FailedDelivery as OnServer } from "#incoming-webhooks/api-contract.ts"
import { getAll, postIdempotent } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useAct } from "../../lib/use-act-on-server.ts"

export type FailedDelivery = Json<OnServer>

export const failedDeliveriesQuery = queryOptions({
  queryKey: ["failed-deliveries"],
  queryFn: ({ signal }) => getAll<FailedDelivery>("/failed-deliveries", signal),
})

/** `done`: the answer tells whether it worked; it then carries `replayedAt`. */
export const useReplayDelivery = (done: (answer: FailedDelivery) => string) =>
  useAct({
    run: (id: string) => postIdempotent<FailedDelivery>(`/failed-deliveries/${id}/replay`),
    done,
    stale: [["failed-deliveries"]],
  })
