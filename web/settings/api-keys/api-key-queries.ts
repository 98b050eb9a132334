import { queryOptions } from "@tanstack/react-query"
import type { ApiKey as OnServer } from "#people/api-contract.ts"
import { getAll, postIdempotent, remove } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useAct } from "../../lib/use-act-on-server.ts"
import type { Role } from "../../session/session-queries.ts"

export type ApiKey = Json<OnServer>

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => getAll<ApiKey>("/api-keys", signal),
})

export function useApiKeyMutations() {
  const more = { stale: [["api-keys"]], refused: "in the form" } as const
  return {
    create: useAct({
      run: (body: { name: string; role: Role; connectionIds?: string[] }) =>
        postIdempotent<{ id: string; key: string }>("/api-keys", body),
      ...more,
    }),
    revoke: useAct({ run: (id: string) => remove(`/api-keys/${id}`), ...more }),
  }
}
