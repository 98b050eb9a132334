import { z } from "zod"
import { oneLine, recordOf } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"

export const linkedSystemKinds = ["splynx", "gestionreal"] as const
export type LinkedSystemKind = (typeof linkedSystemKinds)[number]

const settings = recordOf(z.string().max(100), z.unknown(), 100)

export const newLinkedSystemBody = z.strictObject({
  kind: z.enum(linkedSystemKinds),
  name: oneLine(100, 1),
  settings,
})
/** Settings are merged; null takes one away. */
export const changeLinkedSystemBody = z.strictObject({
  name: oneLine(100, 1).optional(),
  settings: settings.optional(),
})

/** As the API shows it: `settings` holds what is not secret, `secretsSet` names the secrets that are kept. */
export const linkedSystem = z
  .object({
    id: z.string(),
    kind: z.enum(linkedSystemKinds),
    name: z.string(),
    settings: z.record(z.string(), z.unknown()),
    secretsSet: z.array(z.string()),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "LinkedSystem" })
export type LinkedSystem = z.infer<typeof linkedSystem>

export const linkedSystemsQuery = z.strictObject(pageQuery)

/** Whether a linked system answers, and in words what it said. */
export const systemTest = z.object({ ok: z.boolean(), detail: z.string() }).meta({ id: "LinkedSystemTest" })
