import { queryOptions } from "@tanstack/react-query"
import { get, type Page } from "../lib/api.ts"
import type { Named } from "./ticket.ts"

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: ({ signal }) => get<Page<Named>>("/categories?limit=100", signal),
  staleTime: 60_000,
})
