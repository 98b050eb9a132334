import { queryOptions, useQuery } from "@tanstack/react-query"
import { get } from "../../lib/api-client.ts"

interface Load {
  userId: string
  load: number
  capacity: number
}

const loadsQuery = queryOptions({
  queryKey: ["loads"],
  queryFn: ({ signal }) => get<{ items: Load[] }>("/loads", signal),
  staleTime: 10_000,
})

/** How much somebody has on their hands, as it is when one is about to give them more. */
export function useAgentLoad(): (userId: string) => Load | undefined {
  const items = useQuery(loadsQuery).data?.items
  return (userId) => items?.find((one) => one.userId === userId)
}
