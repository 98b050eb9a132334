// Things that are made, changed and removed one by one: all of them, and the acts.
import { queryOptions } from "@tanstack/react-query"
import { getAll, patch, postIdempotent, remove } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"

export const entitiesQuery = <T>(path: string) =>
  queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => getAll<T>(`/${path}`, signal),
    staleTime: 30_000,
  })

export function useEntityMutations<T>(path: string) {
  const { t } = useTexts()
  const more = { stale: [[path]], refused: "in the form" } as const
  return {
    save: useAct({
      run: ({ id, body }: { id: string | undefined; body: object }) =>
        id === undefined ? postIdempotent<T>(`/${path}`, body) : patch<T>(`/${path}/${id}`, body),
      done: () => t("action.saved"),
      ...more,
    }),
    drop: useAct({ run: (id: string) => remove(`/${path}/${id}`), ...more }),
  }
}
