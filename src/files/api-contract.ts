import { z } from "zod"

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
