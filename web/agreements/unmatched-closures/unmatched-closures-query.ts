import { infiniteQueryOptions } from "@tanstack/react-query"
import type { UnmatchedClosure as OnServer } from "#agreements/api-contract.ts"
import { get, queryString, type Page } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"

export type UnmatchedClosure = Json<OnServer>

export const unmatchedClosuresQuery = infiniteQueryOptions({
  queryKey: ["agreements", "unmatched-closures"],
  queryFn: ({ pageParam, signal }) =>
    get<Page<UnmatchedClosure>>(
      `/agreements/unmatched-closures${queryString({ limit: 50, cursor: pageParam })}`,
      signal,
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
})
