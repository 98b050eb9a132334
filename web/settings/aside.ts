import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { getAll, postOnce } from "../lib/api.ts"

export interface Aside {
  id: string
  connectionId: string
  element: unknown
  reason: string
  tries: number
  createdAt: string
  replayedAt: string | null
}

export const asideQuery = queryOptions({
  queryKey: ["failed-deliveries"],
  queryFn: ({ signal }) => getAll<Aside>("/failed-deliveries", signal),
})

/** The answer tells whether it worked: it then carries `replayedAt`. */
export function useReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => postOnce<Aside>(`/failed-deliveries/${id}/replay`),
    onSettled: () => client.invalidateQueries({ queryKey: ["failed-deliveries"] }),
  })
}
