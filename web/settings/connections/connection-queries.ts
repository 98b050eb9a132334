import { queryOptions } from "@tanstack/react-query"
import type { Connection as OnServer } from "#connections/api-contract.ts"
import { getAll, patch, postIdempotent, remove } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useAct, type InForm } from "../../lib/use-act-on-server.ts"

export type Connection = Json<OnServer> & {
  health: {
    breaker?: { since: string; reason: string }
    verification?: { at: string; learnt: Record<string, unknown>; failure: string | null }
  }
}

export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: ({ signal }) => getAll<Connection>("/connections", signal),
  staleTime: 60_000,
})

export type ConnectionChange = Partial<Omit<Connection, "id" | "secretsSet" | "health">>

export function useConnectionMutations(refused?: InForm) {
  const stale = [["connections"], ["mailbox-health"]]
  return {
    create: useAct({
      run: (body: ConnectionChange) => postIdempotent<Connection>("/connections", body),
      stale,
      refused,
    }),
    change: useAct({
      run: ({ id, ...body }: ConnectionChange & { id: string }) => patch<Connection>(`/connections/${id}`, body),
      stale,
      refused,
    }),
    remove: useAct({ run: (id: string) => remove(`/connections/${id}`), stale, refused }),
  }
}
