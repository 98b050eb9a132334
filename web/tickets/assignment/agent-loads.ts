import { queryOptions, useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import type { loadsAnswer } from "#tickets/api-contract.ts"
import { get } from "../../lib/api-client.ts"

type Loads = z.infer<typeof loadsAnswer>

const loadsQuery = queryOptions({
  queryKey: ["loads"],
  queryFn: ({ signal }) => get<Loads>("/loads", signal),
  staleTime: 10_000,
})

/** How much somebody has on their hands, as it is when one is about to give them more. */
export function useAgentLoad(): (userId: string) => Loads["items"][number] | undefined {
  const items = useQuery(loadsQuery).data?.items
  return (userId) => items?.find((one) => one.userId === userId)
}
