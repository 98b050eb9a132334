// What rules may ask about a ticket, as people call it.
import { useQuery } from "@tanstack/react-query"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import { customFieldsQuery } from "../../tickets/fields/custom-field-queries.ts"
import type { Channel, IdAndName } from "../../tickets/ticket.ts"
import { ruleStatuses } from "../automation/automation-rule-types.ts"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { entitiesQuery } from "../entity-queries.ts"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { type Condition, ruleFields } from "./rule-types-and-matching-tickets.ts"

const priorities = ["low", "medium", "high", "urgent"] as const
const kinds = ["support", "conversation"] as const
const channels = Object.keys(ticketChannels) as Channel[]

export interface RuleFieldChoice {
  field: string
  label: string
}

/** Ours, then the desk's own. */
export function useRuleFields(): RuleFieldChoice[] {
  const { t } = useTexts()
  const own = useQuery(customFieldsQuery).data?.items ?? []
  return [
    ...ruleFields.map((field) => ({ field, label: t(`rules.field.${field}`) })),
    ...own.map(({ key, label }) => ({ field: `customFields.${key}`, label })),
  ]
}

/** What a field may be, where that is a list of things with names. */
export function useFieldChoices(): (field: string) => IdAndName[] | undefined {
  const { t } = useTexts()
  const { users, teams } = useStaffAndTeams()
  const calendars = useQuery(entitiesQuery<IdAndName>("calendars")).data?.items
  const categories = useQuery(categoriesQuery).data?.items
  const connections = useQuery(connectionsQuery).data?.items
  return (field) => {
    switch (field) {
      case "priority":
        return priorities.map((id) => ({ id, name: t(`priority.${id}`) }))
      case "kind":
        return kinds.map((id) => ({ id, name: t(`kind.${id}`) }))
      case "channel":
        return channels.map((id) => ({ id, name: t(`channel.${id}`) }))
      case "status":
      case "previousStatus":
        return ruleStatuses.map((id) => ({ id, name: t(`automation.status.${id}`) }))
      case "firstMessage":
        return (["yes", "no"] as const).map((id) => ({ id: String(id === "yes"), name: t(`automation.${id}`) }))
      case "openCalendarId":
        return calendars
      case "assigneeId":
        return users.filter((user) => !isDisabled(user) && user.role !== "user")
      case "teamId":
        return teams
      case "categoryId":
        return categories
      case "connectionId":
        return connections
      default:
        return undefined
    }
  }
}

/** A condition as a sentence. */
export function useConditionText(): (condition: Condition) => string {
  const { t, has } = useTexts()
  const fields = useRuleFields()
  const choicesOf = useFieldChoices()
  const labelOf = (field: string) => {
    const id = `automation.field.${field}`
    return fields.find((one) => one.field === field)?.label ?? (has(id) ? t(id) : field)
  }
  return ({ field, operator, value }) => {
    const label = labelOf(field)
    const values = [value].flat().map((one) => choicesOf(field)?.find(({ id }) => id === one)?.name ?? String(one))
    return `${label} ${t(`rules.operator.${operator}`)} “${values.join(", ")}”`
  }
}
