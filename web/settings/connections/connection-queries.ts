import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { getAll, patch, postIdempotent, remove } from "../../lib/api-client.ts"

export interface Connection {
  id: string
  kind: "webchat" | "api" | "whatsapp" | "email"
  name: string
  enabled: boolean
  reopenWindowMinutes: number
  reopenFrom: "activity" | "closure"
  teamIds: string[]
  greeting: string | null
  farewellText: string | null
  settings: Record<string, unknown>
  /** The names of the secrets that are kept; none of them is ever told. */
  secretsSet: string[]
  health: { breaker?: { since: string; reason: string } }
}

export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: ({ signal }) => getAll<Connection>("/connections", signal),
  staleTime: 60_000,
})

export type ConnectionChange = Partial<Omit<Connection, "id" | "secretsSet" | "health">>

export function useConnectionMutations() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ["connections"] })
  return {
    create: useMutation({
      mutationFn: (body: ConnectionChange) => postIdempotent<Connection>("/connections", body),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: ConnectionChange & { id: string }) => patch<Connection>(`/connections/${id}`, body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => remove(`/connections/${id}`), onSuccess }),
  }
}
