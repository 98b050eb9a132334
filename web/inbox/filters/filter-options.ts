import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { connectionsQuery } from "../../settings/connections/connection-queries.ts"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import { customFieldsQuery, type CustomField } from "../../tickets/fields/custom-field-queries.ts"
import type { FilterName } from "./filters-in-url.ts"

export interface FilterOption {
  value: string
  label: string
}

const phases = ["new", "active", "waiting", "resolved", "closed"] as const
const statuses = ["open", "pending", "in_progress", "resolved", "closed"] as const
const priorities = ["urgent", "high", "medium", "low"] as const
const deadlineStates = ["on_track", "warning", "breached", "paused", "met", "none"] as const
const scores = [5, 4, 3, 2, 1]
const kinds = ["conversation", "support", "incident", "mirrored"] as const

const ownKey = (name: FilterName) => name.replace(/^customFields\./, "")

/** The desk's own fields, for filters. */
export const useCustomFieldFilters = (): CustomField[] => useQuery(customFieldsQuery).data?.items ?? []

/** How a filter is called. */
export function useFilterName(): (name: FilterName) => string {
  const { t, has } = useTexts()
  const own = useCustomFieldFilters()
  return (name) => {
    const id = `filter.${name}`
    return has(id) ? t(id) : (own.find(({ key }) => key === ownKey(name))?.label ?? ownKey(name))
  }
}

/** Whether a filter asks for a day. */
export function useIsDateFilter(): (name: FilterName) => boolean {
  const own = useCustomFieldFilters()
  return (name) =>
    /^(created|updated)(From|To)$/.test(name) || own.find(({ key }) => key === ownKey(name))?.type === "date"
}

/** What a filter may be set to; nothing for one that is written (a tag, a day). */
export function useFilterOptions(): (name: FilterName) => FilterOption[] | undefined {
  const { t } = useTexts()
  const { users, teams } = useStaffAndTeams()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const own = useCustomFieldFilters()
  const named = (items: { id: string; name: string }[]) => items.map(({ id, name }) => ({ value: id, label: name }))
  const ownOptions = (field: CustomField | undefined) => {
    if (field?.type === "boolean")
      return (["true", "false"] as const).map((value) => ({
        value,
        label: t(value === "true" ? "details.yes" : "details.no"),
      }))
    return field && field.options.length > 0 ? field.options.map((value) => ({ value, label: value })) : undefined
  }
  return (name) => {
    switch (name) {
      case "phase":
        return phases.map((value) => ({ value, label: t(`status.${value}`) }))
      case "status":
        return statuses.map((value) => ({ value, label: t(`rawStatus.${value}`) }))
      case "priority":
        return priorities.map((value) => ({ value, label: t(`priority.${value}`) }))
      case "kind":
        return kinds.map((value) => ({ value, label: t(`kind.${value}`) }))
      case "surveyScore":
        return scores.map((score) => ({ value: `${score}`, label: t("survey.score", { score }) }))
      case "slaState":
        return deadlineStates.map((value) => ({ value, label: t(`sla.state.${value}`) }))
      case "slaDueTo":
        return [{ value: "today", label: t("time.today") }]
      case "assignedTo":
        return [
          { value: "me", label: t("filter.me") },
          { value: "unassigned", label: t("ticket.nobody") },
          ...named(users.filter((user) => user.role !== "user" && !isDisabled(user))),
        ]
      case "teamId":
        return named(teams)
      case "categoryId":
        return named(categories)
      case "connectionId":
        return named(connections)
      default:
        return ownOptions(own.find(({ key }) => key === ownKey(name)))
    }
  }
}

/** The values of a filter as people call them. */
export function useFilterText(): (name: FilterName, values: readonly string[]) => string {
  const optionsOf = useFilterOptions()
  return (name, values) => {
    const options = optionsOf(name)
    return values.map((value) => options?.find((one) => one.value === value)?.label ?? value).join(", ")
  }
}
