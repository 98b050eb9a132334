// The fields of a contract, and a sample with one of them changed: what bad input is made of.
import { z } from "zod"

export type Field = {
  path: string
  isRequired: boolean
  types: string[]
  maxLength?: number
  maxItems?: number
  isFree: boolean
}
type Shape = {
  type?: string
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  maxLength?: number
  maxItems?: number
  enum?: unknown[]
  const?: unknown
  pattern?: string
  format?: string
}

/** The fields of a contract and of the objects in it, with what each may be. The whole may be left away. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape
  const [body, nothing] = shape.anyOf ?? []
  return fieldsIn(body && nothing?.type === "null" ? body : shape, "")
}

function fieldsIn(shape: Shape, prefix: string): Field[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, property]) => {
    const options = property.anyOf ?? [property]
    const text = options.find((option) => option.type === "string")
    const isFree = text !== undefined && !text.enum && !text.pattern && !text.format && text.const === undefined
    const bounds = {
      ...(text?.maxLength !== undefined && { maxLength: text.maxLength }),
      ...(property.maxItems !== undefined && { maxItems: property.maxItems }),
    }
    const field = {
      path: prefix + name,
      isRequired: shape.required?.includes(name) ?? false,
      types: options.flatMap((o) => o.type ?? []),
      isFree,
      ...bounds,
    }
    return [field, ...fieldsIn(property, `${prefix}${name}.`)]
  })
}

/** The sample with one field changed; `undefined` takes it away. */
export function changed(sample: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [name, ...rest] = path.split(".")
  const inner =
    rest.length > 0 ? changed((sample[name!] ?? {}) as Record<string, unknown>, rest.join("."), value) : value
  return { ...sample, [name!]: inner }
}
