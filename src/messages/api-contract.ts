import { z } from "zod"
import { mailableAddress, oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { attachment } from "#files/api-contract.ts"

export const longestMessage = 65_536

export const deliveryStates = [
  "received",
  "queued",
  "sent",
  "delivered",
  "read",
  "failed",
  "unknown",
  "unreachable",
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Reasons with which the same message to the same person will be refused again. */
export const permanentFailures = new Set([
  "undeliverable",
  "not_allowed_recipient",
  "own_number",
  "opted_out",
  "unsupported_type",
  "window_closed",
  "bad_request",
  "template_parameters",
  "template_missing",
  "template_too_long",
  "template_policy",
  "no_address",
])

/** Reasons with which a channel holds a person's messages back: sent again within a day they count against the number. */
export const heldBackReasons = new Set(["spam_limit", "ecosystem", "experiment"])
export const heldBackForMs = 24 * 3_600_000

export const mention = z.object({ id: z.string(), name: z.string(), notified: z.boolean() }).meta({ id: "Mention" })
export type Mention = z.infer<typeof mention>

export const mailAddress = z.object({ name: z.string(), address: z.string() })

/** Of one mail, with its copies. */
export const mostRecipients = 50

/** An address as somebody gives it. */
export const givenAddress = z.strictObject({ address: mailableAddress(), name: oneLine(100).default("") })

export const recipients = z
  .array(givenAddress)
  .max(mostRecipients, `must be at most ${mostRecipients} addresses`)
  .optional()

/** `failure`: the server did not take this one; names the text `failure.<failure>`. */
export const recipient = mailAddress.extend({ role: z.enum(["to", "cc", "bcc"]), failure: z.string().optional() })

/** What staff see of the mail that a message came as. Of one that we sent: when it was, and nothing that only strangers' mails need. */
export const mailOfMessage = z
  .object({
    messageId: z.string().nullable(),
    from: mailAddress,
    /** The address of whom it is, also where a form or a list has sent it; null: we sent it, or that address was deleted. */
    writer: z.string().nullable(),
    replyTo: z.array(mailAddress),
    writerRole: z.enum(["requester", "follower", "stranger"]).nullable(),
    automatic: z.enum(["no", "auto_reply", "bounce", "list", "receipt"]),
    auth: z.enum(["pass", "fail", "unknown"]),
    claimsToBeUs: z.boolean(),
    /** Its HTML is at `/tickets/{ref}/messages/{id}/html`, the mail as it came at `…/raw`. */
    hasHtml: z.boolean(),
    hasRaw: z.boolean(),
  })
  .meta({ id: "MailOfMessage" })

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
    delivery: z.object({
      state: z.enum(deliveryStates),
      reason: z.string().optional(),
      code: z.number().optional(),
      canRetry: z.boolean(),
      /** It did not arrive, and somebody has dealt with that. */
      isDismissed: z.boolean().optional(),
      /** It can be taken back until then. */
      undoUntil: z.date().optional(),
    }),
    sentAt: z.date(),
    createdAt: z.date(),
    /** Of a mail, for staff: whom it went to. */
    recipients: z.array(recipient).optional(),
    /** Of a mail: where in `content` signature and quote begin, and where the quote does; null where there is none. */
    foldedFrom: z.number().nullable().optional(),
    quotedFrom: z.number().nullable().optional(),
    mail: mailOfMessage.optional(),
    /** In a list, of what you sent from a browser: the Idempotency-Key that it came with. */
    clientKey: z.string().nullable().optional(),
    /** Of a note, in the answer to writing it: whom it mentions, and whether they are notified; who cannot see the ticket is not. */
    mentions: z.array(mention).optional(),
  })
  .meta({ id: "Message" })
export type Message = z.infer<typeof message>

export const messagesQuery = z.strictObject({
  includeInternal: z.enum(["true", "false"]).default("false"),
  order: z.enum(["asc", "desc"]).default("asc"),
  ...pageQuery,
})

const writtenStatuses = ["open", "pending", "in_progress", "resolved", "closed"] as const

export const writeBody = z
  .strictObject({
    content: plainText(longestMessage).optional(),
    isInternal: z.boolean().optional(),
    replyTo: z.string().max(100).optional(),
    attachmentIds: z.array(z.string().max(100)).max(10).optional(),
    /** The newest message that the writer has on the screen: a reply is refused when a colleague's came after it. */
    lastSeenMessageId: z.string().max(100).optional(),
    /** On a ticket that has no connection: the one on which the template begins a conversation, or goes on with it. */
    connectionId: z.string().max(100).optional(),
    /** Of a mail: whom it goes to. What is left out is as suggested. */
    to: recipients,
    cc: recipients,
    bcc: recipients,
    /** Of a mail: the address of the mailbox that it leaves by. */
    from: mailableAddress().optional(),
    /** Of a mail: with the last public one below it. */
    quote: z.boolean().optional(),
    /** What becomes of the ticket with it. */
    status: z.enum(writtenStatuses).optional(),
    template: z
      .strictObject({
        name: z.string().min(1).max(512),
        language: z.string().min(2).max(20),
        parameters: z.array(plainText(1_024, 1)).max(50).optional(),
      })
      .optional(),
  })
  .refine(
    (body) => Boolean(body.content?.trim()) || Boolean(body.attachmentIds?.length) || body.template !== undefined,
    {
      path: ["content"],
      message: "must be given, or a file, or a template",
    },
  )
  .refine((body) => body.template === undefined || (!body.content && !body.isInternal), {
    path: ["template"],
    message: "is a message of its own: it takes no content and is no note",
  })
  .refine(({ isInternal, to, cc, bcc, from, quote }) => isInternal !== true || !(to ?? cc ?? bcc ?? from ?? quote), {
    path: ["isInternal"],
    message: "a note goes to nobody",
  })
  .refine(({ to = [], cc = [], bcc = [] }) => to.length + cc.length + bcc.length <= mostRecipients, {
    path: ["to"],
    message: `must be at most ${mostRecipients} with cc and bcc`,
  })
  .refine(
    ({ connectionId, template, replyTo, to, cc, bcc, from, quote, status }) =>
      connectionId === undefined ||
      (template !== undefined && (replyTo ?? to ?? cc ?? bcc ?? from ?? quote ?? status) === undefined),
    { path: ["connectionId"], message: "goes with a template alone, which answers no message" },
  )

export const draftBody = z.strictObject({ content: plainText(longestMessage) })
export const draftModes = ["reply", "note"] as const

export const forwardBody = z
  .strictObject({
    to: z
      .array(givenAddress)
      .min(1, "must name somebody")
      .max(mostRecipients, `must be at most ${mostRecipients} addresses`),
    cc: recipients,
    /** That one alone, with its files; else all that was said with the ticket's customer. */
    messageId: z.string().max(100).optional(),
    content: plainText(20_000).optional(),
  })
  .refine(({ to, cc = [] }) => to.length + cc.length <= mostRecipients, {
    path: ["to"],
    message: `must be at most ${mostRecipients} with cc`,
  })
