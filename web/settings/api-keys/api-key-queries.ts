import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { getAll, postIdempotent, remove } from "../../lib/api-client.ts"
import type { Role } from "../../session/session.ts"

export interface ApiKey {
  id: string
  name: string
  role: Role
  user?: { id: string; name: string } | null
  lastUsedAt: string | null
  revokedAt: string | null
  createdAt: string
}

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => getAll<ApiKey>("/api-keys", signal),
})

export function useApiKeyMutations() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ["api-keys"] })
  return {
    create: useMutation({
      mutationFn: (body: { name: string; role: Role; connectionIds?: string[] }) =>
        postIdempotent<{ id: string; key: string }>("/api-keys", body),
      onSuccess,
    }),
    revoke: useMutation({ mutationFn: (id: string) => remove(`/api-keys/${id}`), onSuccess }),
  }
}
