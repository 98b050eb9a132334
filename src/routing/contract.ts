import { z } from "zod"
import { instant, oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { customField, fields, hasOrder, operators, patternOf } from "#conditions/index.ts"

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
const scalar = z.union(
  [plainText(1_000), z.number(), z.boolean(), z.null()],
  "must be a text, a number, true, false or null",
)

export const condition = z
  .strictObject({
    field: z
      .string()
      .max(120)
      .refine(
        (field) => (fields as readonly string[]).includes(field) || customField.test(field),
        `must be one of ${fields.join(", ")} or customFields.<key>`,
      ),
    operator: z.enum(operators, `must be one of ${operators.join(", ")}`),
    value: z.union(
      [scalar, z.array(scalar).max(100)],
      "must be a text, a number, true, false, null or a list of those",
    ),
  })
  .superRefine(({ field, operator, value }, context) => {
    const wrong = wrongValue(field, operator, value)
    if (wrong) context.addIssue({ code: "custom", path: ["value"], message: wrong })
  })

function wrongValue(field: string, operator: (typeof operators)[number], value: unknown): string | null {
  if (operator === "in") return Array.isArray(value) && value.length > 0 ? null : "must be a list with something in it"
  if (Array.isArray(value)) return `must be one value; a list goes with in`
  if (operator === "gt" || operator === "lt") {
    const what = field === "priority" ? "low, medium, high or urgent" : "a number or a date"
    return hasOrder(field, value) ? null : `must be ${what}`
  }
  if (operator === "matches") {
    if (typeof value !== "string" || value === "") return "must be a pattern"
    return patternOf(value)
      ? null
      : "must be a pattern of at most 200 characters, without look-around or back-references"
  }
  const isEmpty = value === null || value === ""
  return isEmpty && (operator === "contains" || operator === "notContains") ? "must not be empty" : null
}

export const action = z
  .strictObject({
    type: z.enum(["assign_agent", "assign_team", "round_robin"], "must be assign_agent, assign_team or round_robin"),
    agentId: id.optional(),
    teamId: id.optional(),
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
const found = { examined: z.number(), isCapped: z.boolean() }
export const matchesAnswer = z.object({ ...found, matched: z.number(), items: z.array(pastTicket) })

/** One rule, in place of the one with its `id` or beside the others; or all the rules there would be. */
export const simulationBody = z
  .strictObject({
    candidate: z.union([ruleBody.extend({ id: id.optional() }), z.array(ruleBody).max(200)], {
      error: "must be a rule or a list of rules",
    }),
    from: instant,
    to: instant,
  })
  .refine(({ from, to }) => from < to, { message: "must be later than from", path: ["to"] })
const named = z.object({ id: z.string(), name: z.string().nullable() }).nullable()
const outcome = z.object({ rule: named, team: named, agent: named })
export const simulationAnswer = z.object({
  ...found,
  changed: z.number(),
  items: z.array(z.object({ ticket: pastTicket, before: outcome, after: outcome })),
})
