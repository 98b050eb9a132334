import { queryOptions } from "@tanstack/react-query"
import type { View } from "#views/api-contract.ts"
import { getAll, patch, postIdempotent, remove } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct, type InForm } from "../../lib/use-act-on-server.ts"
import type { TicketFilter } from "../../tickets/ticket-queries.ts"
import { inboxKinds } from "./views-and-sorts.ts"

export type SavedView = Json<View>
export type ViewFields = Pick<SavedView, "name" | "visibility" | "teamId" | "filters" | "sort">

export const savedViewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => getAll<SavedView>("/views", signal),
  staleTime: 30_000,
})

const stale = [["views"], ["tickets", "counts"]]

export function useSavedViewMutations(refused?: InForm) {
  const { t } = useTexts()
  const done = ({ name }: SavedView) => t("savedView.saved", { name })
  return {
    create: useAct({ run: (body: ViewFields) => postIdempotent<SavedView>("/views", body), done, stale, refused }),
    change: useAct({
      run: ({ id, ...body }: Partial<ViewFields> & { id: string }) => patch<SavedView>(`/views/${id}`, body),
      done,
      stale,
      refused,
    }),
    remove: useAct({
      run: ({ id }: SavedView) => remove(`/views/${id}`),
      done: (_answer, { name }) => t("savedView.removed", { name }),
      stale,
      refused,
    }),
  }
}

/** What the list asks now, as a view keeps it: one value plainly, for what takes no list, and not the kinds that every view asks for. */
export function currentViewFields({
  query,
}: {
  query: TicketFilter & { sort: string }
}): Pick<ViewFields, "filters" | "sort"> {
  const { sort, ...asked } = query
  const filters = Object.entries(asked).flatMap(([name, value]) => {
    const values = [value ?? []].flat()
    if (name === "kind" && String(values) === String(inboxKinds)) return []
    return [[name, values.length === 1 ? values[0] : values]]
  })
  return { filters: Object.fromEntries(filters) as ViewFields["filters"], sort }
}
