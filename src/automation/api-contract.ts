import { z } from "zod"
import { conditionOn, ticketFields } from "#conditions/api-contract.ts"
import { oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { action as fieldAction } from "#macros/api-contract.ts"

export const triggers = ["ticket_created", "message_received", "status_changed", "waiting"] as const
export type TriggerType = (typeof triggers)[number]

/** What rules ask about besides what every condition may: of all tickets, of the message, of the step. */
const anyTrigger = ["status", "assigneeId", "openCalendarId"] as const
const fieldsOfTrigger: Record<TriggerType, readonly string[]> = {
  ticket_created: [],
  message_received: ["message", "firstMessage"],
  status_changed: ["previousStatus"],
  waiting: [],
}
export const ruleFields = [...ticketFields, ...anyTrigger, "message", "firstMessage", "previousStatus"] as const
export type RuleField = (typeof ruleFields)[number]

export const mostRules = 100
const mostActions = 10
const longestWaitMinutes = 365 * 24 * 60
/** What was written at a moment is stored by the end of its transaction: shorter waits might miss a message. */
const shortestWaitMinutes = 5

const id = z.string().regex(/^\w{1,60}$/, "is not an id")

/** `waiting`: for us, since the first message of the customer that nobody answered; for the customer, since our last reply. */
const trigger = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("ticket_created") }),
    z.strictObject({ type: z.literal("message_received") }),
    z.strictObject({ type: z.literal("status_changed") }),
    z.strictObject({
      type: z.literal("waiting"),
      waitsFor: z.enum(["us", "customer"], "must be us or customer"),
      minutes: z.int("must be whole minutes").min(shortestWaitMinutes).max(longestWaitMinutes),
    }),
  ],
  `must be one of ${triggers.join(", ")}`,
)
export type Trigger = z.infer<typeof trigger>

/** What macros do, a saved reply to the customer, and a note to staff. */
const action = z.discriminatedUnion("type", [
  fieldAction,
  z.strictObject({ type: z.literal("reply"), value: id }),
  z.strictObject({ type: z.literal("note"), value: plainText(5_000, 1) }),
])
export type RuleAction = z.infer<typeof action>

const actions = z
  .array(action)
  .min(1, "must hold at least one action")
  .max(mostActions)
  .superRefine((all, context) => {
    const wrong = (nth: number, message: string) => context.addIssue({ code: "custom", path: [nth, "value"], message })
    for (const [nth, { type, value }] of all.entries()) {
      if (all.findIndex((one) => one.type === type) < nth) wrong(nth, "must not hold a type twice")
      if (type === "assign" && (value === null || value === "me")) wrong(nth, "must be an agent")
      if (type === "team" && value === null) wrong(nth, "must be a team")
    }
  })

const conditions = z.array(conditionOn(ruleFields)).max(50)

const fields = {
  name: oneLine(100, 1),
  priority: z.int("must be a whole number").min(-1_000_000).max(1_000_000),
  enabled: z.boolean(),
  trigger,
  conditions,
  actions,
  /** Where its conditions hold, no later rule is asked. */
  stop: z.boolean(),
}

/** Asked in the order of their priority, the lowest first; of equal ones, the older. */
export const ruleBody = z.strictObject({
  ...fields,
  priority: fields.priority.default(100),
  enabled: fields.enabled.default(true),
  conditions: conditions.default([]),
  stop: fields.stop.default(false),
})
export type RuleFields = z.output<typeof ruleBody>
export const changeRuleBody = z.strictObject(fields).partial()
export type RuleChanges = z.output<typeof changeRuleBody>
export const rulesQuery = z.strictObject(pageQuery)

/** Which condition asks about what does not come with what leads to the rule; -1: none does. */
export function misplacedField(type: TriggerType, conditions: readonly { field: string }[]): number {
  const askable: readonly string[] = [...ticketFields, ...anyTrigger, ...fieldsOfTrigger[type]]
  return conditions.findIndex(({ field }) => !askable.includes(field) && !field.startsWith("customFields."))
}

/** What the rule names and is gone: `path` is its place in the rule. */
const problem = z.object({ path: z.string(), of: z.string(), because: z.string() })
export type RuleProblem = z.infer<typeof problem>

/** Of the last 30 days. `isCapped`: more often than was counted. */
const activity = z.object({
  count: z.number(),
  isCapped: z.boolean(),
  lastAt: z.date().nullable(),
  lastRefused: z.object({ at: z.date(), action: z.string(), code: z.string(), because: z.string() }).nullable(),
})
export type RuleActivity = z.infer<typeof activity>

export const rule = z
  .object({
    id: z.string(),
    ...fields,
    name: z.string(),
    actions: z.array(z.object({ type: z.string(), value: z.unknown() })),
    version: z.number(),
    problems: z.array(problem),
    activity,
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "AutomationRule" })
export type Rule = Omit<z.infer<typeof rule>, "actions"> & { actions: RuleAction[] }

export const previewBody = z.strictObject({ trigger, conditions })
const pastTicket = z.object({
  id: z.string(),
  number: z.string(),
  subject: z.string(),
  status: z.string(),
  at: z.date(),
})
/** How often the rule would have acted in the last seven days: only the newest are examined, and some of the tickets shown. */
export const previewAnswer = z.object({
  examined: z.number(),
  isCapped: z.boolean(),
  matched: z.number(),
  items: z.array(pastTicket),
})
export type PreviewAnswer = z.infer<typeof previewAnswer>
