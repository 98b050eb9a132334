import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import type { AuditEntry } from "./audit-queries.ts"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"

type Change = AuditEntry["changes"][number]

// Where the screens already have words for what a field holds.
const wordsOf: Record<string, string[]> = {
  status: ["campaigns.status"],
  kind: ["campaigns.kind"],
  role: ["role"],
  visibility: ["savedView"],
  field: ["rules.field", "automation.field"],
  operator: ["rules.operator"],
  type: ["rules.action", "macros.action", "automation.action", "automation.when"],
  waitsFor: ["automation.waitsFor"],
}

/** What a field was and became, with names instead of ids. What is a secret says only that it changed. */
export function useAuditChangeText(): (change: Change) => string {
  const { t, has } = useTexts()
  const { users, teams } = useStaffAndTeams()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const named = new Map([...users, ...teams, ...categories, ...connections].map(({ id, name }) => [id, name]))
  const describe = (value: unknown, field: string): string => {
    if (value === null || value === undefined || value === "") return t("details.none")
    if (typeof value === "boolean") return t(value ? "details.yes" : "details.no")
    if (Array.isArray(value)) return value.map((one) => describe(one, field)).join(", ") || t("details.none")
    if (typeof value === "object")
      return (
        Object.entries(value)
          .map(([name, inner]) => `${called(name)}: ${describe(inner, name)}`)
          .join(", ") || t("details.none")
      )
    const text = typeof value === "string" ? value : JSON.stringify(value)
    const id = (wordsOf[field] ?? []).map((words) => `${words}.${text}`).find(has)
    return id && has(id) ? t(id) : (named.get(text) ?? text)
  }
  const called = (field: string) => {
    const id = `audit.field.${field}`
    return has(id) ? t(id) : field
  }
  return ({ field, old, new: now }) => {
    if (old === null && now === null) return called(field)
    return old === null
      ? `${called(field)}: ${describe(now, field)}`
      : `${called(field)}: ${describe(old, field)} → ${describe(now, field)}`
  }
}
