import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query"
import { get, queryString, type Page } from "../lib/api-client.ts"
import type { Contact } from "./contact-query.ts"

/** The contacts in sight, newest first; with `q` those whom its words or digits mean. */
export const contactsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["contacts", "list", q],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Contact>>(`/contacts${queryString({ q: q || undefined, limit: 50, cursor: pageParam })}`, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
