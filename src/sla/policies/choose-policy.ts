// Which policy a ticket is under, and what it grants each metric. Pure.
import { type ConditionFacts, failingConditions } from "#conditions/evaluate-conditions.ts"
import { type Metric, metrics } from "../api-contract.ts"
import { type Policy, type SlaPriority, targetNames } from "./api-contract.ts"

/** `minutes`: of each metric, null where there is no target. */
export type Terms = {
  policyId: string | null
  calendarId: string | null
  minutes: Record<Metric, number | null>
}

export const noTerms: Terms = {
  policyId: null,
  calendarId: null,
  minutes: { first_response: null, next_response: null, resolution: null },
}

type AskedPolicy = Pick<Policy, "id" | "isDefault" | "conditions" | "calendarId" | "targets">

/**
 * The first whose conditions hold; for what none of these is for the default one, or else the first without conditions: that is
 * for the rest, too, and must not go before the default once the mark was taken from it. `policies`: those that are enabled, in
 * the order in which they are asked.
 */
export function choosePolicy<P extends AskedPolicy>(policies: readonly P[], facts: ConditionFacts): P | null {
  const isAsked = ({ isDefault, conditions }: P) => !isDefault && conditions.length > 0
  const matching = policies.find((one) => isAsked(one) && failingConditions(one.conditions, facts) === null)
  const rest = policies.filter((one) => !isAsked(one))
  return matching ?? rest.find(({ isDefault }) => isDefault) ?? rest[0] ?? null
}

/** What the policy says for tickets of this priority. */
export function termsOf(policy: AskedPolicy | null, priority: string): Terms {
  if (!policy?.targets) return noTerms
  const { id, calendarId, targets } = policy
  const minutes = metrics.map((metric) => [metric, targets[targetNames[metric]]?.[priority as SlaPriority] ?? null])
  return { policyId: id, calendarId, minutes: Object.fromEntries(minutes) as Terms["minutes"] }
}

/** Which fields the conditions of these policies read. */
export const fieldsRead = (policies: readonly Pick<Policy, "conditions">[]): ReadonlySet<string> =>
  new Set(policies.flatMap(({ conditions }) => conditions.map(({ field }) => field)))
