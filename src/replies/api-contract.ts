import { z } from "zod"
import { plainText } from "#kernel/http/input-fields.ts"
import { givenAddress, mailAddress } from "#messages/api-contract.ts"

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
    /** Where a reply leaves as a mail: the addresses that it may leave by, and whom it goes to unless others are given. */
    mail: z.object({ from: z.array(mailAddress), to: z.array(mailAddress), cc: z.array(mailAddress) }).nullable(),
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

/** `isAdded`: by staff, so that answers go to them whomever the last mail went to. */
export const follower = mailAddress.extend({ id: z.string(), isAdded: z.boolean() }).meta({ id: "Follower" })
/** `override`: why it is somebody's who has not written on it. */
export const requesterBody = givenAddress.extend({ override: plainText(500, 1).optional() })
export const followers = z.object({ items: z.array(follower) })
