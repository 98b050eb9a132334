// A condition as a rule or a policy is given it.
import { z } from "zod"
import { plainText } from "#kernel/http/input-fields.ts"
import { customField, fields, hasOrder, operators, patternOf } from "./evaluate-conditions.ts"

const scalar = z.union(
  [plainText(1_000), z.number(), z.boolean(), z.null()],
  "must be a text, a number, true, false or null",
)

/** What every condition may ask about. */
export const ticketFields = fields

/** A condition that asks about one of these fields, or about one of the desk's own. */
export const conditionOn = (names: readonly string[]) =>
  z
    .strictObject({
      field: z
        .string()
        .max(120)
        .refine(
          (field) => names.includes(field) || customField.test(field),
          `must be one of ${names.join(", ")} or customFields.<key>`,
        ),
      operator: z.enum(operators, `must be one of ${operators.join(", ")}`),
      value: z.union(
        [scalar, z.array(scalar).max(100)],
        "must be a text, a number, true, false, null or a list of those",
      ),
    })
    .superRefine(({ field, operator, value }, context) => {
      const wrong = wrongValue(field, operator, value)
      if (wrong) context.addIssue({ code: "custom", path: ["value"], message: wrong })
    })

export const condition = conditionOn(fields)

function wrongValue(field: string, operator: (typeof operators)[number], value: unknown): string | null {
  if (operator === "in") return Array.isArray(value) && value.length > 0 ? null : "must be a list with something in it"
  if (Array.isArray(value)) return `must be one value; a list goes with in`
  if (operator === "gt" || operator === "lt") {
    const what = field === "priority" ? "low, medium, high or urgent" : "a number or a date"
    return hasOrder(field, value) ? null : `must be ${what}`
  }
  if (operator === "matches") {
    if (typeof value !== "string" || value === "") return "must be a pattern"
    return patternOf(value)
      ? null
      : "must be a pattern of at most 200 characters, without look-around or back-references"
  }
  const isEmpty = value === null || value === ""
  return isEmpty && (operator === "contains" || operator === "notContains") ? "must not be empty" : null
}
