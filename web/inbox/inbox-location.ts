import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { useMemo } from "react"
import { ticketRefOf } from "../tickets/ticket.ts"
import { useMe } from "../session/session-queries.ts"
import type { TicketFilter } from "../tickets/ticket-queries.ts"
import { hasNoFilters, areSameFilters, readFilters, writeFilters, type Filters } from "./filters/filters.ts"
import { savedViewsQuery, type SavedView } from "./views/saved-views.ts"
import { filterOf, sortOf, sorts, viewOf, type Sort, type View } from "./views/views-and-sorts.ts"

/** Where one stands in the inbox, read from the address: the view, what narrows it, and the open ticket if any. */
export function useInboxLocation() {
  const search = useSearch({ strict: false })
  const { ref } = useParams({ strict: false })
  const { timezone } = useMe()
  const navigate = useNavigate()
  const view = viewOf(search.view)
  const asked = readFilters(search)
  const { saved, isLoading } = useSavedView(view)
  const kept = readFilters(saved?.filters ?? {})
  // A saved view is shown as it was saved until its filters are touched; from then on the address says all of them.
  const filters = hasNoFilters(asked) ? kept : asked
  const q = search.q ?? (typeof saved?.filters["q"] === "string" ? saved.filters["q"] : "")
  const sort: Sort = search.sort ?? sortOf(saved?.sort) ?? "newest"
  const here = useSameWhileEqual({
    view,
    ...writeFilters(asked),
    ...(search.q && { q: search.q }),
    ...(search.sort && { sort: search.sort }),
  })
  const move = (to: object) => void navigate({ to: ".", search: to, replace: true } as never)
  const bare = (next: View) => ({ view: next, ...(search.q && { q: search.q }), ...(search.sort && { sort }) })
  return {
    view,
    q,
    sort,
    filters,
    saved,
    /** Not known yet: the filters of a saved view. */
    isLoading,
    isChanged: saved !== undefined && (!areSameFilters(filters, kept) || Boolean(search.q) || Boolean(search.sort)),
    isNarrowed: !hasNoFilters(asked) || Boolean(search.q),
    query: {
      ...filterOf(view, { isSearched: q !== "", timezone }),
      ...filters,
      ...(q && { q }),
      sort: sorts[sort],
    } satisfies TicketFilter,
    ref: ref === undefined ? undefined : ticketRefOf(ref),
    search: here,
    openTicket: (next: string) => void navigate({ to: "/tickets/$ref", params: { ref: next }, search: here }),
    openView: (next: View) => void navigate({ to: "/inbox", search: { view: next } }),
    leaveTicket: () => void navigate({ to: "/inbox", search: here }),
    find: (text: string) => move({ ...here, q: text || undefined }),
    order: (next: Sort) => move({ ...here, sort: next }),
    narrow: (next: Filters) => {
      // A saved view without its filters is every ticket.
      const at = saved && hasNoFilters(next) ? "all" : view
      move({ ...bare(at), ...writeFilters(next) })
    },
    /** What was asked, asked of every ticket. */
    widen: () => move({ ...here, view: "all" }),
    clear: () => move({ view }),
  }
}

export type InboxLocation = ReturnType<typeof useInboxLocation>

/** The same object as long as its JSON is, for what is drawn again when it is given another. */
function useSameWhileEqual<T extends object>(value: T): T {
  const text = JSON.stringify(value)
  return useMemo(() => JSON.parse(text) as T, [text])
}

function useSavedView(view: View): { saved: SavedView | undefined; isLoading: boolean } {
  const isSaved = view.startsWith("saved:")
  const { data, isPending } = useQuery({ ...savedViewsQuery, enabled: isSaved })
  if (!isSaved) return { saved: undefined, isLoading: false }
  const id = view.slice("saved:".length)
  return { saved: data?.items.find((one) => one.id === id), isLoading: isPending }
}
