import { z } from "zod"
import { condition } from "#conditions/api-contract.ts"
import { oneLine } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { type Metric, metrics } from "../api-contract.ts"

export const slaPriorities = ["low", "medium", "high", "urgent"] as const
export type SlaPriority = (typeof slaPriorities)[number]

/** How the targets of a policy are called, by metric. */
export const targetNames = {
  first_response: "firstResponse",
  next_response: "nextResponse",
  resolution: "resolution",
} as const satisfies Record<Metric, string>

const mostMinutes = 525_600
const wholeMinutes = "must be whole minutes from 1 to 525,600"
const minutes = z.int(wholeMinutes).min(1, wholeMinutes).max(mostMinutes, wholeMinutes)
const byPriority = z
  .strictObject({ low: minutes, medium: minutes, high: minutes, urgent: minutes })
  .partial()
  .refine((given) => Object.values(given).some((value) => value !== undefined), "must name a priority")
/** A metric or a priority that is left out has no target. */
const targets = z
  .strictObject({ firstResponse: byPriority, nextResponse: byPriority, resolution: byPriority })
  .partial()
  .refine((given) => Object.values(given).some((value) => value !== undefined), "must name a metric; null says no SLA")

const escalation = z
  .strictObject({
    on: z.enum(["warning", "breach"], "must be warning or breach"),
    metric: z.enum(metrics, `must be one of ${metrics.join(", ")}`).optional(),
    /** Left out: the assignee and the leads. */
    notify: z
      .array(z.string().regex(/^(assignee|leads|usr_\w{1,60})$/, "must be assignee, leads or the id of a user"))
      .max(50)
      .optional(),
    raisePriorityTo: z.enum(slaPriorities, "must be low, medium, high or urgent").optional(),
    teamId: z
      .string()
      .regex(/^tem_\w{1,60}$/, "is not a team")
      .optional(),
  })
  .refine(
    ({ notify, raisePriorityTo, teamId }) => [notify, raisePriorityTo, teamId].some((value) => value !== undefined),
    "must do something: notify, raisePriorityTo or teamId",
  )
export type Escalation = z.output<typeof escalation>

const calendarId = z
  .string()
  .regex(/^\w{1,60}$/, "is not a calendar")
  .nullable()

/** Asked in the order of their priority, the lowest first; what has no conditions is for the rest, the default policy first. */
const fields = {
  name: oneLine(100, 1),
  priority: z.int("must be a whole number").min(-1_000_000).max(1_000_000),
  isDefault: z.boolean(),
  enabled: z.boolean(),
  conditions: z.array(condition).max(50),
  /** Null: always open. */
  calendarId,
  /** Null: no SLA. */
  targets: targets.nullable(),
  visibleToCustomer: z.boolean(),
  escalations: z.array(escalation).max(20),
}

export const policyBody = z.strictObject({
  ...fields,
  priority: fields.priority.default(100),
  isDefault: fields.isDefault.default(false),
  enabled: fields.enabled.default(true),
  conditions: fields.conditions.default([]),
  calendarId: fields.calendarId.default(null),
  visibleToCustomer: fields.visibleToCustomer.default(false),
  escalations: fields.escalations.default([]),
})
export const changePolicyBody = z.strictObject(fields).partial()
export const policiesQuery = z.strictObject(pageQuery)
/** Which policy the open tickets of a removed one get. */
export const heirQuery = z.strictObject({
  heir: z
    .string()
    .regex(/^(none|sla_\w{1,60})$/, "must be the id of a policy, or none")
    .optional(),
})

export const policy = z
  .object({
    id: z.string(),
    ...fields,
    name: z.string(),
    version: z.number(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "SlaPolicy" })
export type Policy = z.infer<typeof policy>
export type PolicyFields = z.output<typeof policyBody>

/** A policy that is not saved yet: in place of the one with its `id`, or among the others. */
export const matchesBody = z.strictObject({
  id: z
    .string()
    .regex(/^\w{1,60}$/, "is not an id")
    .optional(),
  priority: fields.priority.default(100),
  isDefault: fields.isDefault.default(false),
  conditions: fields.conditions.default([]),
})
export type MatchesBody = z.output<typeof matchesBody>
/** Only the newest open tickets are examined, `isCapped` says whether there were more, and some that match are shown. */
export const matchesAnswer = z.object({
  examined: z.number(),
  isCapped: z.boolean(),
  matched: z.number(),
  items: z.array(
    z.object({ id: z.string(), number: z.string(), subject: z.string(), status: z.string(), createdAt: z.date() }),
  ),
})
