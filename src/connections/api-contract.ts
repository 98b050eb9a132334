import { z } from "zod"
import { oneLine, plainText, recordOf } from "#kernel/http/input-fields.ts"

export const connectionKinds = ["api", "whatsapp", "webchat", "email"] as const
export type ConnectionKind = (typeof connectionKinds)[number]
export const reopenFrom = ["activity", "closure"] as const

const surveyTemplate = z.strictObject({ name: z.string().min(1).max(512), language: z.string().min(2).max(20) })

const shared = {
  name: oneLine(100, 1),
  enabled: z.boolean().optional(),
  reopenWindowMinutes: z.int("must be whole minutes").min(0).max(525_600).optional(),
  reopenFrom: z.enum(reopenFrom).optional(),
  teamIds: z.array(z.string().max(100)).max(50).optional(),
  calendarId: z
    .string()
    .regex(/^\w{1,60}$/, "is not an id")
    .nullable()
    .optional(),
  greeting: plainText(2_000).nullable().optional(),
  outOfHoursText: plainText(2_000).nullable().optional(),
  farewellText: plainText(2_000).nullable().optional(),
  acknowledgements: z.array(plainText(80, 1)).max(200).nullable().optional(),
  /** Whether the customer of a conversation is asked how it was, once it is closed. */
  survey: z.boolean().optional(),
  /** The template that asks where free text no longer goes. Its one placeholder becomes the link. */
  surveyTemplate: surveyTemplate.nullable().optional(),
  settings: recordOf(z.string().max(100), z.unknown(), 100).optional(),
}

export const createBody = z.strictObject({ kind: z.enum(connectionKinds), ...shared })
export const changeBody = z.strictObject({ ...shared, name: shared.name.optional() })

/** A connection as the API shows it. `settings` holds what is not secret; `secretsSet` names the secrets that are kept. */
export const connection = z
  .object({
    id: z.string(),
    kind: z.enum(connectionKinds),
    name: z.string(),
    enabled: z.boolean(),
    reopenWindowMinutes: z.number(),
    reopenFrom: z.enum(reopenFrom),
    teamIds: z.array(z.string()),
    calendarId: z.string().nullable(),
    greeting: z.string().nullable(),
    outOfHoursText: z.string().nullable(),
    farewellText: z.string().nullable(),
    acknowledgements: z.array(z.string()).nullable(),
    survey: z.boolean(),
    surveyTemplate: z.object({ name: z.string(), language: z.string() }).nullable(),
    settings: z.record(z.string(), z.unknown()),
    secretsSet: z.array(z.string()),
    health: z.record(z.string(), z.unknown()),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "Connection" })
export type Connection = z.infer<typeof connection>

/** A template in use: one value for each placeholder, in the order in which the template names them. */
export const templateUse = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  parameters: z.array(plainText(1_024, 1)).max(50).optional(),
})
export type TemplateUse = z.output<typeof templateUse>

export const template = z
  .object({
    name: z.string(),
    language: z.string(),
    category: z.string(),
    status: z.string(),
    components: z.array(z.unknown()),
    placeholders: z.array(
      z.object({
        part: z.enum(["header", "body", "button"]),
        name: z.string(),
        index: z.number().optional(),
        label: z.string(),
      }),
    ),
    headerMedia: z.enum(["image", "video", "document"]).nullable(),
    text: z.string(),
    canSend: z.boolean(),
    /** The part that nothing here fills, a flow say: why it cannot be sent although it is approved. */
    unfillablePart: z.string().nullable(),
    syncedAt: z.date(),
  })
  .meta({ id: "Template" })
export type Template = z.infer<typeof template>

export const templatesAnswer = z.object({ items: z.array(template) })
export const previewAnswer = z.object({ text: z.string(), headerMedia: template.shape.headerMedia })

/** `learnt` by the channel: of a mailbox `in`, `out`, `plusAddress`, `idSurvives`, `authservId`, `aliases`. */
export const verificationAnswer = z.object({
  state: z.enum(["verified", "failed"]),
  learnt: z.record(z.string(), z.unknown()),
  failure: z.string().nullable(),
})

export const checkNames = ["token", "number", "webhook", "templates", "login"] as const
export const checksAnswer = z.object({
  checks: z.array(z.object({ name: z.enum(checkNames), ok: z.boolean(), detail: z.string() })),
})
