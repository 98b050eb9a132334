import { queryOptions } from "@tanstack/react-query"
import type { FailedHook as OnServer } from "#agreements/api-contract.ts"
import { getAll, post } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"

export type FailedHook = Omit<Json<OnServer>, "id"> & { id: string }

const path = "links/failed-hooks"

export const failedHooksQuery = queryOptions({
  queryKey: [path],
  queryFn: async ({ signal }) => {
    const { items, ...page } = await getAll<Json<OnServer>>(`/${path}`, signal)
    return { ...page, items: items.map((hook): FailedHook => ({ ...hook, id: String(hook.id) })) }
  },
})

export function useReplayHook() {
  const { t } = useTexts()
  return useAct({
    run: (id: string) => post(`/${path}/${id}/replay`),
    done: () => t("failedHooks.replayed"),
    stale: [failedHooksQuery.queryKey],
  })
}
