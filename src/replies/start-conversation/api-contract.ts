import { z } from "zod"
import { plainText, oneLine, oneOrMore } from "#kernel/http/input-fields.ts"
import { templateUse } from "#connections/api-contract.ts"
import { longestMessage, mostRecipients, recipients } from "#messages/api-contract.ts"

const id = z.string().regex(/^\w{1,60}$/, "is not an id")

/** Kinds of addresses that somebody types. */
export const typedKinds = ["phone", "email"] as const

/** With a contact whom one sees, or with somebody who is described: found by the address as a new ticket would, or made. */
export const startBody = z
  .strictObject({
    contactId: id.optional(),
    contact: z
      .strictObject({
        name: oneLine(200).optional(),
        email: plainText(254).optional(),
        phone: plainText(50).optional(),
      })
      .optional(),
    identityId: id.optional().describe("Which address of the contact; without it the one that a reply would go to"),
    connectionId: id,
    subject: oneLine(300, 1).optional().describe("Of a mail, which needs one; it is the ticket's too"),
    cc: recipients,
    bcc: recipients,
    content: plainText(longestMessage).optional(),
    template: templateUse.optional(),
    attachmentIds: z.array(z.string().max(100)).max(10).optional(),
  })
  .refine(({ contactId, contact }) => (contactId === undefined) !== (contact === undefined), {
    path: ["contactId"],
    message: "must be given, or contact; not both",
  })
  .refine(({ identityId, contactId }) => identityId === undefined || contactId !== undefined, {
    path: ["identityId"],
    message: "must be left out: an address of somebody described is what was typed",
  })
  .refine(({ cc = [], bcc = [] }) => cc.length + bcc.length < mostRecipients, {
    path: ["cc"],
    message: `must be at most ${mostRecipients - 1} with bcc`,
  })
  .refine(({ content, template }) => Boolean(content?.trim()) !== (template !== undefined), {
    path: ["content"],
    message: "must be given, or a template; not both",
  })

/** `reach`: kinds of addresses that will be typed for somebody who is not known yet. */
export const startConnectionsQuery = z
  .strictObject({ contactId: id.optional(), reach: oneOrMore(z.enum(typedKinds)) })
  .refine(({ contactId, reach }) => (contactId === undefined) !== (reach === undefined), {
    path: ["contactId"],
    message: "must be given, or reach; not both",
  })

export const startConnection = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    by: z.enum(["template", "text", "mail"]).describe("What is said first; `mail`: a text with a subject"),
    address: z.string().nullable().describe("Of the contact, where it would go"),
    addresses: z
      .array(
        z.object({ identityId: z.string(), address: z.string(), canSend: z.boolean(), refusesMarketing: z.boolean() }),
      )
      .describe("Of the contact, among which to choose; the first is where it goes without a choice"),
    canSend: z.boolean(),
    reason: z
      .enum(["undeliverable", "contact_blocked", "forbidden", "breaker"])
      .nullable()
      .describe("Why nothing goes there (`canSend` is false), or why it waits (`breaker`)"),
    refusesMarketing: z.boolean(),
    ticket: z.object({ id: z.string(), number: z.string() }).nullable().describe("Their active conversation there"),
    activeTickets: z
      .array(z.object({ id: z.string(), number: z.string(), subject: z.string() }))
      .describe(
        "Of a mailbox, where each matter is a ticket: the newest of theirs that are active there and that you may see",
      ),
  })
  .meta({ id: "StartConnection" })
export type StartConnection = z.infer<typeof startConnection>
