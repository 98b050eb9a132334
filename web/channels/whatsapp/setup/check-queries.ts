// What the server found when it asked Meta, and what to do about it.
import { queryOptions } from "@tanstack/react-query"
import { post } from "../../../lib/api-client.ts"
import type { Check } from "./check-advice.ts"

export const checkNames = ["token", "number", "webhook", "templates"] as const

const every = 5_000

/** Asks again by itself until the webhook has been received: that is done at Meta's side, in another window. */
export const checksQuery = (id: string) =>
  queryOptions({
    queryKey: ["connection", id, "checks"],
    queryFn: () => post<{ checks: Check[] }>(`/connections/${id}/check`),
    refetchInterval: ({ state }) => (state.data && !isHeard(state.data.checks) ? every : false),
    staleTime: every,
    retry: false,
  })

const isHeard = (checks: Check[]) => checks.some(({ name, ok }) => name === "webhook" && ok)
