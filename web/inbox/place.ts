import { useNavigate, useParams, useSearch } from "@tanstack/react-router"
import { refOf } from "../tickets/ticket.ts"
import { viewOf, type View } from "./view.ts"

/** Where one stands in the inbox, read from the address: the view, the search, and the open ticket if any. */
export function usePlace() {
  const search = useSearch({ strict: false })
  const { ref } = useParams({ strict: false })
  const navigate = useNavigate()
  const view = viewOf(search.view)
  const here = { view, ...(search.q && { q: search.q }), ...(search.sort && { sort: search.sort }) }
  return {
    view,
    q: search.q ?? "",
    sort: search.sort ?? ("newest" as const),
    ref: ref === undefined ? undefined : refOf(ref),
    search: here,
    openTicket: (next: string) => void navigate({ to: "/tickets/$ref", params: { ref: next }, search: here }),
    openView: (next: View) => void navigate({ to: "/inbox", search: { view: next } }),
    leaveTicket: () => void navigate({ to: "/inbox", search: here }),
    find: (q: string) => void navigate({ to: ".", search: { ...here, q: q || undefined }, replace: true } as never),
    order: (sort: "newest" | "oldest") => void navigate({ to: ".", search: { ...here, sort }, replace: true } as never),
  }
}

export type Place = ReturnType<typeof usePlace>
