// An SLA policy as its form holds it. Pure.
import type { Policy as PolicyOnServer } from "#sla/policies/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"

export type Policy = Json<PolicyOnServer>
export type PolicyDraft = Omit<Policy, "id" | "version" | "createdAt" | "updatedAt">
export type Targets = NonNullable<PolicyDraft["targets"]>
export type Escalation = PolicyDraft["escalations"][number]

export const targetMetrics = ["firstResponse", "nextResponse", "resolution"] as const
export const targetPriorities = ["low", "medium", "high", "urgent"] as const
type Metric = (typeof targetMetrics)[number]
type Priority = (typeof targetPriorities)[number]

/** An hour for the first answer, four for the next, two working days until it is solved. */
const usual: Targets = {
  firstResponse: { low: 120, medium: 60, high: 30, urgent: 15 },
  nextResponse: { low: 480, medium: 240, high: 120, urgent: 60 },
  resolution: { low: 1_920, medium: 960, high: 480, urgent: 240 },
}
export const blankPolicy: PolicyDraft = {
  name: "",
  priority: 100,
  isDefault: false,
  enabled: true,
  conditions: [],
  calendarId: null,
  targets: usual,
  visibleToCustomer: false,
  escalations: [],
}

export function toDraft(policy: Policy): PolicyDraft {
  const { id: _id, version: _version, createdAt: _created, updatedAt: _updated, ...draft } = policy
  return draft
}

const withoutEmpty = (given: object) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ""))

/** What was written for one metric and priority; an empty field has no target. */
export function withTarget(targets: Targets, metric: Metric, priority: Priority, written: string): Targets {
  const minutes = written === "" ? undefined : Number(written)
  const of = withoutEmpty({ ...targets[metric], [priority]: minutes })
  return withoutEmpty({ ...targets, [metric]: Object.keys(of).length === 0 ? undefined : of })
}

/** What is done at a warning or a breach of whichever metric; what else the policy says stays as it is. */
export const escalationOn = (escalations: readonly Escalation[], on: Escalation["on"]): Partial<Escalation> =>
  escalations.find((one) => one.on === on && one.metric === undefined) ?? {}

export function withEscalation(
  escalations: readonly Escalation[],
  on: Escalation["on"],
  change: Partial<Escalation>,
): Escalation[] {
  const { on: _on, ...before } = escalationOn(escalations, on)
  const wanted = withoutEmpty({ ...before, ...change })
  const others = escalations.filter((one) => one.on !== on || one.metric !== undefined)
  return Object.keys(wanted).length === 0 ? others : [...others, { on, ...wanted }]
}
