// What custom fields take. Knows the definitions that it is given and nothing else.
import type { CustomField } from "./api-contract.ts"

export type FieldProblem = { path: string; message: string }
export type Value = string | number | boolean | string[]
export type Values = Record<string, Value>
export type GivenFields = Record<string, Value | null>

type FieldRules = {
  fields: readonly CustomField[]
  /** All that the ticket is to have; null is as good as not given. */
  given: GivenFields
  /** What it has: what a field that is gone left there may stay as it is. */
  before: Record<string, unknown>
}

/**
 * The values as they are to be stored, or what is wrong with each. A desk that has defined no field takes any; from the
 * first definition on a ticket has defined fields only.
 */
export function checkFields({ fields, given, before }: FieldRules): { values: Values; wrong: FieldProblem[] } {
  const known = new Map(fields.map((field) => [field.key, field]))
  const values: Values = {}
  const wrong: FieldProblem[] = []
  const say = (key: string, message: string) => void wrong.push({ path: `customFields.${key}`, message })
  for (const [key, value] of Object.entries(given)) {
    if (value === null) continue
    const field = known.get(key)
    const isLeftOver = Object.hasOwn(before, key) && isSame(before[key], value)
    if (field) {
      const read = readValue(field, value)
      if ("message" in read) say(key, read.message)
      else values[key] = read.value
    } else if (fields.length === 0 || isLeftOver) values[key] = value
    else say(key, "is not a field of such tickets")
  }
  for (const { key, required } of fields) {
    if (required && (given[key] ?? null) === null) say(key, "is required")
  }
  return { values, wrong }
}

export const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

type ParsedValue = { value: Value } | { message: string }

function readValue({ type, options, required }: CustomField, value: Value): ParsedValue {
  switch (type) {
    case "text":
      if (typeof value !== "string") return { message: "must be text" }
      return required && value.trim() === "" ? { message: "must not be empty" } : { value }
    case "number":
      return typeof value === "number" ? { value } : { message: "must be a number" }
    case "boolean":
      return typeof value === "boolean" ? { value } : { message: "must be true or false" }
    case "date":
      return isDate(value) ? { value } : { message: "must be a date such as 2026-11-22" }
    case "select":
      return isOption(value, options) ? { value } : { message: `must be one of ${options.join(", ")}` }
    default:
      return readSeveral(value, options, required)
  }
}

function readSeveral(value: Value, options: readonly string[], required: boolean): ParsedValue {
  const isList = Array.isArray(value) && value.every((one) => isOption(one, options))
  if (!isList) return { message: `must be a list of ${options.join(", ")}` }
  if (required && value.length === 0) return { message: "must not be empty" }
  // In the order of the options: the same choice is the same value.
  return { value: options.filter((option) => value.includes(option)) }
}

const isOption = (value: unknown, options: readonly string[]): value is string =>
  typeof value === "string" && options.includes(value)

function isDate(value: Value): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}
