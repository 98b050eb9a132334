import { useQuery } from "@tanstack/react-query"
import { get, queryString, type Page } from "../lib/api-client.ts"
import { useDebounced } from "../ui/use-debounced.ts"
import type { Contact } from "./contact-query.ts"

/** The first contacts that a text means, and the text that was asked for: the typed one once it rests for a moment. */
export function useContactSearch(typed: string, limit = 8): { asked: string; found: Contact[] | undefined } {
  const asked = useDebounced(typed.trim())
  const { data } = useQuery({
    queryKey: ["contacts", "search", asked, limit],
    queryFn: ({ signal }) => get<Page<Contact>>(`/contacts${queryString({ q: asked, limit })}`, signal),
    enabled: asked.length > 1,
  })
  return { asked, found: data?.items }
}
