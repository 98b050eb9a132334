import { z } from "zod"
import { oneLine } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { condition } from "#conditions/api-contract.ts"

export const ruleId = z.string().regex(/^\w{1,60}$/, "is not an id")
export const action = z
  .strictObject({
    type: z.enum(["assign_agent", "assign_team", "round_robin"], "must be assign_agent, assign_team or round_robin"),
    agentId: ruleId.optional(),
    teamId: ruleId.optional(),
  })
  .superRefine(({ type, agentId, teamId }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message })
    if (type === "assign_agent" && agentId === undefined) wrong("agentId", "is required")
    if (type !== "assign_agent" && agentId !== undefined) wrong("agentId", "goes with assign_agent only")
    if (type === "assign_team" && teamId === undefined) wrong("teamId", "is required")
  })

const ruleFields = {
  name: oneLine(100, 1),
  priority: z.int("must be a whole number").min(-1_000_000).max(1_000_000),
  enabled: z.boolean(),
  conditions: z.array(condition).max(50),
  action,
}

/** Asked in the order of their priority, the lowest first; of equal ones, the older. */
export const ruleBody = z.strictObject({
  ...ruleFields,
  priority: ruleFields.priority.default(100),
  enabled: ruleFields.enabled.default(true),
  conditions: ruleFields.conditions.default([]),
})
export const changeRuleBody = z.strictObject(ruleFields).partial()
export const rulesQuery = z.strictObject(pageQuery)

export const rule = z
  .object({
    id: z.string(),
    ...ruleFields,
    name: z.string(),
    version: z.number(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "AssignmentRule" })
export type Rule = z.infer<typeof rule>
export type RuleFields = z.output<typeof ruleBody>

export const matchesBody = z.strictObject({ conditions: ruleFields.conditions })
const pastTicket = z.object({
  id: z.string(),
  number: z.string(),
  subject: z.string(),
  status: z.string(),
  createdAt: z.date(),
})
/** Only the newest tickets are examined, `isCapped` says whether there were more, and some of what was found is shown. */
export const matchesAnswer = z.object({
  examined: z.number(),
  isCapped: z.boolean(),
  matched: z.number(),
  items: z.array(pastTicket),
})
