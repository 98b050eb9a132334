import { z } from "zod"
import { plainText } from "#kernel/fields.ts"
import { pageQuery } from "#kernel/pages.ts"

export const longestMessage = 65_536

export const deliveryStates = ["received", "queued", "sent", "delivered", "read", "failed", "unknown"] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const attachmentStates = ["pending", "stored", "failed"] as const

export const attachment = z
  .object({
    id: z.string(),
    name: z.string(),
    mimeType: z.string(),
    size: z.number().nullable(),
    state: z.enum(attachmentStates),
    reason: z.string().nullable(),
  })
  .meta({ id: "Attachment" })
export type Attachment = z.infer<typeof attachment>

export const message = z
  .object({
    id: z.string(),
    ticketId: z.string(),
    kind: z.enum(["message", "reaction", "system"]),
    direction: z.enum(["in", "out"]),
    sender: z.object({
      type: z.enum(["contact", "user", "system", "bot"]),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    content: z.string(),
    contentHtml: z.string().nullable(),
    isInternal: z.boolean(),
    replyTo: z.string().nullable(),
    attachments: z.array(attachment),
    delivery: z.object({ state: z.enum(deliveryStates), reason: z.string().optional() }),
    sentAt: z.date(),
    createdAt: z.date(),
  })
  .meta({ id: "Message" })
export type Message = z.infer<typeof message>

export const messagesQuery = z.strictObject({
  includeInternal: z.enum(["true", "false"]).default("false"),
  order: z.enum(["asc", "desc"]).default("asc"),
  ...pageQuery,
})

export const writeBody = z.strictObject({
  content: plainText(longestMessage, 1),
  isInternal: z.boolean().optional(),
  replyTo: z.string().max(100).optional(),
})

export const draftBody = z.strictObject({ content: plainText(longestMessage) })
export const draftModes = ["reply", "note"] as const
