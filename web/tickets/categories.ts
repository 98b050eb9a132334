import { queryOptions } from "@tanstack/react-query"
import { getAll } from "../lib/api.ts"
import type { Named } from "./ticket.ts"

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: ({ signal }) => getAll<Named>("/categories", signal),
  staleTime: 60_000,
})
