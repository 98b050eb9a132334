import { z } from "zod"

/** How the contact can be written to now. */
export const replyWindow = z
  .object({
    mode: z.enum(["text", "template", "none"]),
    closesAt: z.date().nullable(),
    reason: z.string().nullable(),
    longestText: z.number().nullable(),
    longestCaption: z.number().nullable(),
    filesPerMessage: z.number().nullable(),
    refusesMarketing: z.boolean(),
    /** Whom a reply goes to; null when nobody can get it. `address` is null for who may not see it of the contact. */
    to: z
      .object({ contactId: z.string(), identityId: z.string().nullable(), address: z.string().nullable() })
      .nullable(),
    /** Connections that reach the contact by a template; where `canSend` is false, why they do not. */
    templateConnections: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        canSend: z.boolean(),
        reason: z.enum(["undeliverable", "breaker"]).nullable(),
        refusesMarketing: z.boolean(),
      }),
    ),
  })
  .meta({ id: "ReplyWindow" })
export type ReplyWindow = z.infer<typeof replyWindow>

/** What somebody was writing, per mode; empty text when nothing. */
export const drafts = z.object({ reply: z.string(), note: z.string() })
export type Drafts = z.infer<typeof drafts>
