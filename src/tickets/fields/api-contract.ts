import { z } from "zod"
import { oneLine } from "#kernel/http/input-fields.ts"
import { kinds } from "../lifecycle/lifecycle-table.ts"

export const fieldTypes = ["text", "number", "boolean", "date", "select", "multi_select"] as const

const label = oneLine(100, 1)
const options = z
  .array(oneLine(100, 1))
  .max(200)
  .refine((all) => new Set(all).size === all.length, "must not name an option twice")
const ticketKinds = z.array(z.enum(kinds)).min(1, "must name at least one kind").max(kinds.length)

const changeable = {
  label,
  options: options.optional(),
  required: z.boolean().optional(),
  isPublic: z.boolean().optional(),
  kinds: ticketKinds.optional(),
}

export const newFieldBody = z.strictObject({
  key: z.string().regex(/^[A-Za-z][\w-]{0,49}$/, "must begin with a letter: up to 50 letters, digits, _ and -"),
  type: z.enum(fieldTypes),
  ...changeable,
})

/** What a field is called and means to the stored values (key, type) stays as it is. */
export const changeFieldBody = z.strictObject({ ...changeable, label: label.optional() })

export const customField = z
  .object({
    id: z.string(),
    key: z.string(),
    label: z.string(),
    type: z.enum(fieldTypes),
    options: z.array(z.string()),
    required: z.boolean(),
    isPublic: z.boolean(),
    kinds: z.array(z.enum(kinds)),
    createdAt: z.date(),
  })
  .meta({ id: "CustomField" })
export type CustomField = z.infer<typeof customField>
