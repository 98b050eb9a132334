import { queryOptions } from "@tanstack/react-query"
import type { Policy as OnServer } from "#sla/policies/api-contract.ts"
import { getAll } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"

export type Policy = Json<OnServer>

/** They hardly ever change. */
export const slaPoliciesQuery = queryOptions({
  queryKey: ["sla-policies"],
  queryFn: ({ signal }) => getAll<Policy>("/sla-policies", signal),
  staleTime: 300_000,
})

/** Does any ticket have a deadline? */
export const grantsDeadlines = (policies: readonly Policy[]) =>
  policies.some(({ enabled, targets }) => enabled && targets !== null)
