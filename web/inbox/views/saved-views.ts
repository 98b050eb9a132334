import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { getAll, patch, postIdempotent, remove } from "../../lib/api-client.ts"

export interface SavedView {
  id: string
  name: string
  visibility: "me" | "team" | "all"
  owner: { id: string; name: string }
  teamId: string | null
  filters: Record<string, string | boolean | string[]>
  sort: string | null
  can: ("edit" | "delete")[]
}

export type ViewFields = Pick<SavedView, "name" | "visibility" | "teamId" | "filters" | "sort">

export const savedViewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => getAll<SavedView>("/views", signal),
  staleTime: 30_000,
})

export function useSavedViewMutations() {
  const client = useQueryClient()
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["views"] }),
      client.invalidateQueries({ queryKey: ["tickets", "counts"] }),
    ])
  return {
    create: useMutation({ mutationFn: (body: ViewFields) => postIdempotent<SavedView>("/views", body), onSuccess }),
    change: useMutation({
      mutationFn: ({ id, ...body }: Partial<ViewFields> & { id: string }) => patch<SavedView>(`/views/${id}`, body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => remove(`/views/${id}`), onSuccess }),
  }
}
