import { useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import type { matchesAnswer, Rule as Told } from "#routing/api-contract.ts"
import { post } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useDebounced } from "../../ui/use-debounced.ts"

export type Rule = Pick<Told, "id" | "name" | "priority" | "enabled" | "conditions" | "action">
export type Condition = Rule["conditions"][number]
export type RuleDraft = Omit<Rule, "id">

export const ruleFields = [
  "priority",
  "subject",
  "description",
  "kind",
  "channel",
  "tags",
  "categoryId",
  "connectionId",
  "teamId",
  "customer.tier",
  "customer.email",
  "customer.language",
] as const
export const ruleOperators = ["equals", "notEquals", "contains", "notContains", "in", "gt", "lt", "matches"] as const

type Matches = Json<z.infer<typeof matchesAnswer>>

/** Which of the newest tickets would match, as the conditions are written. */
export function useMatchingTickets(conditions: Condition[]) {
  const asked = useDebounced(JSON.stringify(conditions))
  return useQuery({
    queryKey: ["rule-matches", asked],
    queryFn: () => post<Matches>("/assignment-rules/matches", { conditions: JSON.parse(asked) as Condition[] }),
    retry: false,
    placeholderData: (before) => before,
  })
}
