import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { useMemo } from "react"
import { ticketRefOf } from "../tickets/ticket.ts"
import type { TicketFilter } from "../tickets/ticket-queries.ts"
import {
  areSameFilters,
  hasNoFilters,
  readFilters,
  unshownFilters,
  writeFilters,
  type Filters,
} from "./filters/filters-in-url.ts"
import { savedViewsQuery, type SavedView } from "./views/saved-views.ts"
import { filterOf, sortOf, sorts, usualSort, viewOf, type Sort, type View } from "./views/views-and-sorts.ts"

/** Where one stands in the inbox, read from the address: the view, what narrows it, and the open ticket if any. The same object while it says the same. */
export function useInboxLocation() {
  const search = useSearch({ strict: false })
  const { ref } = useParams({ strict: false })
  const navigate = useNavigate()
  const view = viewOf(search.view)
  const asked = useMemo(() => readFilters(search), [search])
  const { saved, isLoading } = useSavedView(view)
  const kept = useMemo(() => readFilters(saved?.filters ?? {}), [saved])
  // A saved view is shown as it was saved until its filters are touched; from then on the address says all of them.
  const filters = hasNoFilters(asked) ? kept : asked
  const q = search.q ?? (typeof saved?.filters["q"] === "string" ? saved.filters["q"] : "")
  const sort: Sort = search.sort ?? sortOf(saved?.sort) ?? usualSort(view)
  const query: TicketFilter & { sort: string } = useSameWhileEqual({
    ...filterOf(view, { isSearched: q !== "" }),
    ...unshownFilters(saved?.filters ?? {}),
    ...filters,
    ...(q && { q }),
    sort: sorts[sort],
  })
  const here = useSameWhileEqual({
    view,
    ...writeFilters(asked),
    ...(search.q && { q: search.q }),
    ...(search.sort && { sort: search.sort }),
  })
  return useMemo(
    () => ({
      view,
      q,
      sort,
      filters,
      saved,
      /** Not known yet: the filters of a saved view. */
      isLoading,
      isChanged: saved !== undefined && (!areSameFilters(filters, kept) || Boolean(here.q) || Boolean(here.sort)),
      isNarrowed: !hasNoFilters(asked) || Boolean(here.q),
      query,
      ref: ref === undefined ? undefined : ticketRefOf(ref),
      search: here,
      ...waysFrom(here, saved, navigate),
    }),
    [view, q, sort, filters, saved, isLoading, kept, asked, query, ref, here, navigate],
  )
}

type Here = { view: View; q?: string; sort?: Sort }

/** What leads elsewhere: to a ticket, another view, other filters. */
function waysFrom(here: Here, saved: SavedView | undefined, navigate: ReturnType<typeof useNavigate>) {
  const move = (to: object) => void navigate({ to: ".", search: to, replace: true } as never)
  const bare = (view: View) => ({ view, ...(here.q && { q: here.q }), ...(here.sort && { sort: here.sort }) })
  return {
    openTicket: (next: string) => void navigate({ to: "/tickets/$ref", params: { ref: next }, search: here }),
    openView: (next: View) => void navigate({ to: "/inbox", search: { view: next } }),
    leaveTicket: () => void navigate({ to: "/inbox", search: here }),
    find: (text: string) => move({ ...here, q: text || undefined }),
    order: (next: Sort) => move({ ...here, sort: next }),
    narrow: (next: Filters) => {
      // A saved view without its filters is every ticket.
      const at = saved && hasNoFilters(next) ? "all" : here.view
      move({ ...bare(at), ...writeFilters(next) })
    },
    /** What was asked, asked of every ticket. */
    widen: () => move({ ...here, view: "all" }),
    clear: () => move({ view: here.view }),
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
