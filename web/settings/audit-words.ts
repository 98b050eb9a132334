import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../lib/language.tsx"
import { categoriesQuery } from "../tickets/categories.ts"
import type { AuditEntry } from "./audit.ts"
import { connectionsQuery } from "./connections.ts"
import { usePeople } from "./people.ts"

type Change = AuditEntry["changes"][number]

/** What a field was and became, with names instead of ids. What is a secret says only that it changed. */
export function useChangeWords(): (change: Change) => string {
  const { t, has } = useTexts()
  const { users, teams } = usePeople()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const named = new Map([...users, ...teams, ...categories, ...connections].map(({ id, name }) => [id, name]))
  const told = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("details.none")
    if (typeof value === "boolean") return t(value ? "details.yes" : "details.no")
    if (Array.isArray(value)) return value.map(told).join(", ") || t("details.none")
    if (typeof value === "object")
      return Object.entries(value)
        .map(([name, inner]) => `${called(name)}: ${told(inner)}`)
        .join(", ")
    const text = typeof value === "string" ? value : JSON.stringify(value)
    return named.get(text) ?? text
  }
  const called = (field: string) => {
    const id = `audit.field.${field}`
    return has(id) ? t(id) : field
  }
  return ({ field, old, new: now }) => {
    if (old === null && now === null) return called(field)
    return old === null ? `${called(field)}: ${told(now)}` : `${called(field)}: ${told(old)} → ${told(now)}`
  }
}
