// A rule as a sentence: after what, to which tickets, and what it does.
import { useQuery } from "@tanstack/react-query"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { savedRepliesQuery } from "../../macros/macro-queries.ts"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import { useConditionText, useRuleFields } from "../assignment-rules/condition-fields-and-text.ts"
import type { AutomationRule, RuleAction, Trigger } from "./automation-rule-types.ts"

/** What an action is called. */
export function useActionName(): (type: string) => string {
  const { t } = useTexts()
  return (type) => t(`${type === "reply" || type === "note" ? "automation" : "macros"}.action.${type}` as TextId)
}

/** What a part of a rule is called, by its field or its action. */
export function useNameOfPart(): (of: string) => string {
  const fields = useRuleFields()
  const { has, t } = useTexts()
  const actionName = useActionName()
  return (of) => {
    const id = `automation.field.${of}`
    return fields.find(({ field }) => field === of)?.label ?? (has(id) ? t(id) : isAction(of) ? actionName(of) : of)
  }
}

const isAction = (of: string) =>
  /^(status|assign|team|priority|addTags|removeTags|snooze|categories|reply|note)$/.test(of)

export function useRuleText(): (rule: AutomationRule) => string {
  const { t } = useTexts()
  const triggerText = useTriggerText()
  const condition = useConditionText()
  const action = useActionText()
  return ({ trigger, conditions, actions }) => {
    const holds = conditions.length === 0 ? [t("automation.always")] : conditions.map(condition)
    return [triggerText(trigger), ...holds, ...actions.map(action)].join(" · ")
  }
}

function useTriggerText(): (trigger: Trigger) => string {
  const { t } = useTexts()
  const time = useTimeFormat()
  return (trigger) =>
    trigger.type === "waiting"
      ? `${t(`automation.waitsFor.${trigger.waitsFor}`)}: ${time.duration(trigger.minutes)}`
      : t(`automation.when.${trigger.type}`)
}

function useActionText(): (action: RuleAction) => string {
  const { t } = useTexts()
  const time = useTimeFormat()
  const name = useActionName()
  const { users, teams } = useStaffAndTeams()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const replies = useQuery(savedRepliesQuery).data?.items ?? []
  const named = (all: readonly { id: string; name: string }[], id: string | null) =>
    all.find((one) => one.id === id)?.name ?? "?"
  const valueOf = (action: RuleAction): string => {
    switch (action.type) {
      case "status":
        return t(`automation.status.${action.value}` as TextId)
      case "priority":
        return t(`priority.${action.value}`)
      case "assign":
        return named(users, action.value)
      case "team":
        return named(teams, action.value)
      case "reply":
        return named(replies, action.value)
      case "categories":
        return action.value.map((id) => named(categories, id)).join(", ")
      case "snooze":
        return time.duration(action.value)
      case "note":
        return `“${action.value}”`
      default:
        return action.value.join(", ")
    }
  }
  return (action) => `${name(action.type)}: ${valueOf(action)}`
}
