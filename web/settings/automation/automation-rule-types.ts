import { useQuery } from "@tanstack/react-query"
import { useDeferredValue } from "react"
import type { PreviewAnswer, Rule as Told, RuleAction, Trigger } from "#automation/api-contract.ts"
import { post } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"

export type AutomationRule = Json<Told>
export type { RuleAction, Trigger }
export type AutomationDraft = Pick<
  AutomationRule,
  "name" | "priority" | "enabled" | "trigger" | "conditions" | "actions" | "stop"
>

export const triggerTypes = [
  "ticket_created",
  "message_received",
  "status_changed",
  "waiting",
] as const satisfies Trigger["type"][]

export const blankTrigger = (type: Trigger["type"]): Trigger =>
  type === "waiting" ? { type, waitsFor: "us", minutes: 60 } : { type }

/** What rules ask about besides what assignment rules do, by what leads to them. */
export const fieldsOfTrigger = {
  ticket_created: ["status", "assigneeId", "openCalendarId"],
  message_received: ["message", "firstMessage", "status", "assigneeId", "openCalendarId"],
  status_changed: ["status", "previousStatus", "assigneeId", "openCalendarId"],
  waiting: ["status", "assigneeId", "openCalendarId"],
} as const satisfies Record<Trigger["type"], string[]>

export const ruleStatuses = ["pending", "open", "resolved", "closed"] as const

type Preview = Json<PreviewAnswer>

/** For which tickets of the last week the rule would have acted, as it is written. */
export function usePreview(trigger: Trigger, conditions: AutomationDraft["conditions"]) {
  const asked = useDeferredValue(JSON.stringify({ trigger, conditions }))
  return useQuery({
    queryKey: ["automation-preview", asked],
    queryFn: () => post<Preview>("/automation-rules/preview", JSON.parse(asked) as object),
    retry: false,
    placeholderData: (before) => before,
  })
}
