// What rules may ask about a ticket, as people call it.
import { useQuery } from "@tanstack/react-query"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import { customFieldsQuery } from "../../tickets/fields/custom-field-queries.ts"
import type { Channel, IdAndName } from "../../tickets/ticket.ts"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { type Condition, ruleFields } from "./rule-types-and-matching-tickets.ts"

const priorities = ["low", "medium", "high", "urgent"] as const
const kinds = ["support", "conversation"] as const
const channels = Object.keys(ticketChannels) as Channel[]

/** Ours, then the desk's own. */
export function useRuleFields(): { field: string; label: string }[] {
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
  const { teams } = useStaffAndTeams()
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
  const { t } = useTexts()
  const fields = useRuleFields()
  const choicesOf = useFieldChoices()
  return ({ field, operator, value }) => {
    const label = fields.find((one) => one.field === field)?.label ?? field
    const values = [value].flat().map((one) => choicesOf(field)?.find(({ id }) => id === one)?.name ?? String(one))
    return `${label} ${t(`rules.operator.${operator}`)} “${values.join(", ")}”`
  }
}
