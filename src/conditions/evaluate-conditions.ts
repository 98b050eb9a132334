// What a rule asks of a ticket. What cannot be compared does not match; nothing here throws, and nothing can be made to
// take long: patterns run in time linear in the text (RE2), over a bounded text, and only so large.
import { RE2JS } from "re2js"
import { boundedMemo } from "#kernel/bounded-memo.ts"

export const fields = [
  "kind",
  "subject",
  "description",
  "priority",
  "channel",
  "tags",
  "categoryId",
  "connectionId",
  "teamId",
  "customer.tier",
  "customer.email",
  "customer.language",
] as const
export const customField = /^customFields\.([^\s.]{1,100})$/
export const operators = ["equals", "notEquals", "contains", "notContains", "in", "gt", "lt", "matches"] as const

export type Scalar = string | number | boolean | null
export type Condition = { field: string; operator: string; value: Scalar | Scalar[] }

/** What conditions are asked of: one value for each field they may name, several where a ticket may have several. */
export type ConditionFacts<Field extends string = (typeof fields)[number]> = Record<Field, Scalar | Scalar[]> & {
  customFields: Record<string, unknown>
}

/** The first condition that does not hold, or null: all do. No conditions always hold. */
export function failingConditions(conditions: readonly Condition[], facts: ConditionFacts): Condition | null {
  return conditions.find((condition) => !holds(condition, facts)) ?? null
}

function holds({ field, operator, value }: Condition, facts: ConditionFacts): boolean {
  const found = valuesOf(field, facts)
  if (found === null) return false
  const { values, isList } = found
  switch (operator) {
    case "equals":
      return values.length === 0 ? value === null : values.some((one) => same(one, value))
    case "notEquals":
      return values.length === 0 ? value !== null : !values.some((one) => same(one, value))
    case "in":
      return Array.isArray(value) && values.some((one) => value.some((wanted) => same(one, wanted)))
    case "contains":
      return values.some((one) => (isList ? same(one, value) : includes(one, value)))
    case "notContains":
      return !values.some((one) => (isList ? same(one, value) : includes(one, value)))
    case "gt":
      return values.some((one) => comparedWith(field, one, value) > 0)
    case "lt":
      return values.some((one) => comparedWith(field, one, value) < 0)
    case "matches":
      return typeof value === "string" && values.some((one) => matches(one, value))
    default:
      return false
  }
}

// Of a list, `contains` asks for a member; a contact's addresses are texts of which there may be several.
const lists: readonly string[] = ["tags", "categoryId"]

function valuesOf(field: string, facts: ConditionFacts): { values: Scalar[]; isList: boolean } | null {
  const key = customField.exec(field)?.[1]
  if (key === undefined && !isKnown(field, facts)) return null
  const value = key === undefined ? own(facts, field) : own(facts.customFields, key)
  const all: unknown[] = Array.isArray(value) ? value : [value]
  const values = all.filter((one): one is Exclude<Scalar, null> => isScalar(one) && one !== null && one !== "")
  return { values, isList: lists.includes(field) || (key !== undefined && Array.isArray(value)) }
}

const isKnown = (field: string, facts: ConditionFacts) =>
  (fields as readonly string[]).includes(field) || (field !== "customFields" && Object.hasOwn(facts, field))

const own = (object: Record<string, unknown>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : null)
const isScalar = (value: unknown): value is Scalar =>
  value === null || ["string", "number", "boolean"].includes(typeof value)

const folded = (value: unknown) => String(value).trim().toLowerCase()
const same = (one: Scalar, wanted: unknown) => isScalar(wanted) && wanted !== null && folded(one) === folded(wanted)
const includes = (one: Scalar, wanted: unknown) =>
  isScalar(wanted) && wanted !== null && folded(one).includes(folded(wanted))

const ranks = ["low", "medium", "high", "urgent"]

/** Priorities by rank, numbers as numbers, dates by their order; NaN for what has no order. */
function comparedWith(field: string, one: Scalar, wanted: unknown): number {
  const read = field === "priority" ? rankOf : orderOf
  return read(one) - read(wanted)
}

function rankOf(value: unknown): number {
  const rank = ranks.indexOf(folded(value))
  return rank < 0 ? Number.NaN : rank
}

function orderOf(value: unknown): number {
  if (typeof value === "number") return value
  if (typeof value !== "string" || value.trim() === "") return Number.NaN
  return /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number(value)
}

/** Can `gt` and `lt` mean anything with this value? */
export const hasOrder = (field: string, value: unknown) =>
  !Number.isNaN(field === "priority" ? rankOf(value) : orderOf(value))

const longestText = 4_000
const longestPattern = 200
const largestProgram = 1_000
function matches(one: Scalar, pattern: string): boolean {
  return patternOf(pattern)?.matcher(String(one).slice(0, longestText)).find() ?? false
}

/** The pattern, ignoring case; null when it is none, or asks for what cannot be bounded (look-around, back-references). */
export const patternOf = boundedMemo(500, compile)

function compile(pattern: string): RE2JS | null {
  if (pattern.length > longestPattern) return null
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    return compiled.programSize() <= largestProgram ? compiled : null
  } catch {
    return null
  }
}
