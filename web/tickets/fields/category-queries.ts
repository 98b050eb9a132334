import { queryOptions } from "@tanstack/react-query"
import { getAll } from "../../lib/api-client.ts"
import type { IdAndName } from "../ticket.ts"

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: ({ signal }) => getAll<IdAndName>("/categories", signal),
  staleTime: 60_000,
})
