// The records of an import, as docs/import.md tells them: what every source is turned into.
import { z } from "zod"
import { foldedLine, plainText, recordOf } from "#kernel/http/input-fields.ts"
import { channels, priorities } from "#tickets/index.ts"
import { trueOrFalse } from "./sources/read-untyped-values.ts"

const longestContent = 500_000

/** An id of the other system, a number or a text. */
const externalId = z.union([z.string(), z.number()], "an id").transform(String).pipe(plainText(500, 1))
const folded = (max: number) => z.string("text").transform((text) => foldedLine(text, max))
const email = z.string("an e-mail address").pipe(plainText(254))
const phone = z.string("a phone number").pipe(plainText(100))
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language such as es or es-CO")
const expectedMark = "true or false"
const isTrue = z.union([z.boolean(), z.number(), z.string()], expectedMark).transform((said, { addIssue }) => {
  const read = trueOrFalse(said)
  if (read === undefined) addIssue(expectedMark)
  return read ?? false
})

/** What hides or locks does so too where nobody can read it. */
export const whenUnreadable: Record<string, boolean> = {
  isInternal: true,
  "messages.isInternal": true,
  isActive: false,
}

const expectedInstant = "an instant such as 2026-11-22T09:30:00Z, after 1970 and not to come"
/** With an offset; without one it is read as UTC. */
const instant = z.string(expectedInstant).transform((text, { addIssue }) => {
  const at = new Date(withOffset(text.trim()))
  const isKnown = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) && at.getTime() >= 0 && at.getTime() <= Date.now() + 86_400_000
  if (!isKnown) addIssue(expectedInstant)
  return isKnown ? at : new Date(0)
})

const withOffset = (text: string) => {
  const iso = text
    .replace(/^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/, "$1T$2")
    .replace(/ UTC$/, "Z")
    .replace(/ ([+-])/, "$1")
  return /T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`
}

const person = z.strictObject({
  id: externalId.optional(),
  name: folded(200).optional(),
  email: email.optional(),
  phone: phone.optional(),
})

export const authorKinds = ["contact", "user", "system"] as const
/** By id or address; without `kind` what they are known as decides. */
const author = person.extend({ kind: z.enum(authorKinds, `one of ${authorKinds.join(", ")}`).optional() })

const fileFields = {
  id: externalId.optional(),
  name: folded(240).optional(),
  mimeType: z.string("a type such as image/png").pipe(plainText(160)).optional(),
  path: z.string("the path of a file beside this one").max(1_000).optional(),
  url: z.string("an https address").max(4_000).optional(),
  base64: z.string("base64").optional(),
}

const messageFields = {
  id: externalId.optional(),
  author: author.optional(),
  content: plainText(longestContent).optional(),
  html: plainText(2_000_000).optional(),
  isInternal: isTrue.optional(),
  createdAt: instant.optional(),
  attachments: z.array(z.strictObject(fileFields), "a list").max(200, "at most 200 files").optional(),
}

/** A text with commas, semicolons or bars between them is a list too: a cell has no other way. */
const listOf = (most: number) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(/[,;|]/))], "a list of texts")
    .transform((all) => [...new Set(all.map((one) => foldedLine(one, 100)).filter((one) => one !== ""))].slice(0, most))

export const ticketStatuses = ["new", "open", "pending", "resolved", "closed"] as const

const user = z.strictObject({
  type: z.literal("user"),
  id: externalId.optional(),
  email,
  name: folded(200).optional(),
  role: z.enum(["agent", "lead", "admin"], "one of agent, lead, admin").optional(),
  isActive: isTrue.optional(),
})

const contact = person.extend({
  type: z.literal("contact"),
  emails: listOf(20).optional(),
  phones: listOf(20).optional(),
  language: language.optional(),
  createdAt: instant.optional(),
})

const ticket = z.strictObject({
  type: z.literal("ticket"),
  id: externalId.optional(),
  number: externalId.optional(),
  subject: folded(300).optional(),
  description: plainText(longestContent).optional(),
  status: z.enum(ticketStatuses, `one of ${ticketStatuses.join(", ")}`).optional(),
  priority: z.enum(priorities, `one of ${priorities.join(", ")}`).optional(),
  channel: z.enum(channels, `one of ${channels.join(", ")}`).optional(),
  connection: folded(200).optional(),
  contact: person.optional(),
  assignee: person.optional(),
  team: folded(200).optional(),
  tags: listOf(50).optional(),
  categories: listOf(50).optional(),
  customFields: recordOf(
    plainText(100, 1),
    z.union(
      [plainText(2_000), z.number(), z.boolean(), z.null(), z.array(plainText(200)).max(50)],
      "a text, number, true or false, or list",
    ),
    100,
  ).optional(),
  createdAt: instant.optional(),
  updatedAt: instant.optional(),
  firstResponseAt: instant.optional(),
  resolvedAt: instant.optional(),
  closedAt: instant.optional(),
  resolution: plainText(10_000).optional(),
  messages: z.array(z.strictObject(messageFields), "a list").optional(),
})

const message = z.strictObject({ type: z.literal("message"), ticket: externalId, ...messageFields })
const attachment = z.strictObject({ type: z.literal("attachment"), message: externalId, ...fileFields })

export const recordTypes = ["user", "contact", "ticket", "message", "attachment"] as const
export const schemas = { user, contact, ticket, message, attachment }

export type UserRecord = z.output<typeof user>
export type ContactRecord = z.output<typeof contact>
export type TicketRecord = z.output<typeof ticket>
export type MessageRecord = z.output<typeof message>
export type AttachmentRecord = z.output<typeof attachment>
export type PersonRef = z.output<typeof person>
export type ImportRecord = UserRecord | ContactRecord | TicketRecord | MessageRecord | AttachmentRecord
