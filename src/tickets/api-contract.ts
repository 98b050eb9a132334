import { z } from "zod"
import { fieldValues, flag, instant, oneOrMore, oneLine, plainText } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { slaStates, ticketSla } from "#sla/api-contract.ts"
import { kinds, phases, statuses } from "./lifecycle/lifecycle-table.ts"

export const priorities = ["low", "medium", "high", "urgent"] as const
export const channels = ["web", "whatsapp", "email", "chat", "api", "phone"] as const
export const sortFields = [
  "createdAt",
  "updatedAt",
  "lastMessageAt",
  "priority",
  "number",
  "status",
  "slaDueAt",
  "waitingSince",
] as const
export type SortField = (typeof sortFields)[number]

const named = z.object({ id: z.string(), name: z.string() })

export const linkTypes = ["related", "follow_up", "conversation", "split", "merged"] as const
export type LinkType = (typeof linkTypes)[number]

/** `to`: the other ticket follows from this one's words; `from`: this one from the other's. */
const link = z.object({
  type: z.enum(linkTypes),
  direction: z.enum(["to", "from"]),
  ticket: z.object({ id: z.string(), number: z.string(), subject: z.string(), status: z.enum(statuses) }),
})
export type Link = z.infer<typeof link>

/** A ticket as the API shows it. Instants are ISO 8601 in UTC. */
export const ticket = z
  .object({
    id: z.string(),
    number: z.string(),
    kind: z.enum(kinds),
    threadKey: z.string().nullable(),
    subject: z.string(),
    description: z.string().nullable(),
    status: z.enum(statuses),
    phase: z.enum(phases),
    priority: z.enum(priorities),
    channel: z.enum(channels),
    contact: named.nullable(),
    connection: named.extend({ kind: z.string() }).nullable(),
    isGroup: z.boolean(),
    // A customer learns the name of who helps them, not the id.
    assignee: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
    team: named.nullable(),
    categories: z.array(named),
    tags: z.array(z.string()),
    customFields: z.record(z.string(), z.unknown()),
    campaignShipmentId: z.string().nullable(),
    unreadMessages: z.number(),
    messageCount: z.number(),
    lastMessageAt: z.date().nullable(),
    reopenCount: z.number(),
    sla: ticketSla.nullable(),
    snoozedUntil: z.date().nullable(),
    firstResponseAt: z.date().nullable(),
    resolvedAt: z.date().nullable(),
    closedAt: z.date().nullable(),
    /** Since when its customer waits for an answer of ours; null when they do not, and for customers. */
    waitingSince: z.date().nullable(),
    /** What its customer answered last to a survey: 1 to 5. */
    surveyScore: z.number().nullable(),
    resolution: z.string().nullable(),
    mergedInto: z.string().nullable(),
    links: z.array(link),
    /** What an incident is about; null for every other kind. */
    incident: z.object({ guia: z.string(), trigger: z.string() }).nullable(),
    can: z.array(z.string()),
    version: z.number(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "Ticket" })
export type Ticket = z.infer<typeof ticket>

/** A row of a list also says what to preview, which is never an automatic text, and what the reader has begun to write. */
export const listedTicket = ticket
  .extend({
    preview: z.object({ text: z.string(), direction: z.enum(["in", "out"]), at: z.date() }).nullable(),
    draft: z.boolean(),
    draftText: z.string().nullable(),
    /** How many messages did not arrive and wait for somebody to deal with them. */
    undelivered: z.number(),
  })
  .meta({ id: "ListedTicket" })
export type ListedTicket = z.infer<typeof listedTicket>

/** What travels with an event to all staff who may see the ticket; dates as ISO 8601 once they have travelled. */
export type SharedRow = Omit<ListedTicket, "can" | "links" | "customFields" | "draft" | "draftText"> & {
  /** The member of the staff who made it. */
  createdById: string | null
}

/** `load`: what counts of their tickets, each by the weight of its kind. */
export const loadsAnswer = z.object({
  items: z.array(z.object({ userId: z.string(), load: z.number(), capacity: z.number() })),
})

const id = z.string().max(100)
const ids = oneOrMore(z.string().regex(/^[a-z]{3}_\w{1,60}$/, "must be an id"))
const sortKey = new RegExp(`^-?(${sortFields.join("|")})$`)

const listShape = {
  q: plainText(200, 1).optional(),
  /** Just these, of those that one may see. */
  id: ids,
  kind: oneOrMore(z.enum(kinds)),
  status: oneOrMore(z.enum(statuses)),
  phase: oneOrMore(z.enum(phases)),
  priority: oneOrMore(z.enum(priorities)),
  assignedTo: oneOrMore(
    z.string().regex(/^(me|unassigned|usr_\w{1,60})$/, "must be me, unassigned or the id of a user"),
  ),
  mentioned: z.literal("me", "must be me").optional(),
  /** Tickets with something that a person wrote and that did not arrive, until somebody has dealt with it. */
  delivery: z.literal("failed", "must be failed").optional(),
  surveyScore: oneOrMore(z.enum(["1", "2", "3", "4", "5"])),
  teamId: ids,
  contactId: ids,
  connectionId: ids,
  categoryId: ids,
  tag: oneOrMore(plainText(100, 1)),
  // Snoozed until later; without this a list holds both.
  snoozed: flag.optional(),
  slaState: oneOrMore(z.enum(slaStates)),
  slaBreached: flag.optional(),
  createdFrom: z.string().optional(),
  createdTo: z.string().optional(),
  updatedFrom: z.string().optional(),
  updatedTo: z.string().optional(),
  slaDueFrom: z.string().optional(),
  slaDueTo: z.string().optional(),
  sort: z
    .string()
    .max(200)
    .default("-createdAt")
    .transform((text) => text.split(","))
    .refine(
      (keys) => keys.every((key) => sortKey.test(key)),
      `must be a comma list of ${sortFields.join(", ")}; - for descending`,
    )
    .refine((keys) => new Set(keys.map((k) => k.replace("-", ""))).size === keys.length, "must not name a field twice"),
}

export const localeTag = z.string().max(35).refine(isLocale, "must be a locale such as es or es-CO")

function isLocale(text: string): boolean {
  try {
    return new Intl.Locale(text).language !== "und"
  } catch {
    return false
  }
}

const fieldName = /^customFields\.(.{1,100})$/s

/** Fields that a desk names itself are asked for as `customFields.<key>`; every other unknown name is refused. */
function queryOf<S extends z.ZodRawShape>(shape: S) {
  return z
    .object(shape)
    .catchall(oneOrMore(plainText(500)))
    .transform((given, { addIssue }) => {
      const known: Record<string, unknown> = {}
      const customFields: Record<string, string[]> = {}
      for (const [name, value] of Object.entries(given)) {
        const key = fieldName.exec(name)?.[1]
        if (Object.hasOwn(shape, name)) known[name] = value
        else if (key !== undefined) customFields[key] = value as string[]
        else addIssue({ code: "unrecognized_keys", keys: [name], input: given, message: "is no filter" })
      }
      return { ...known, ...(Object.keys(customFields).length > 0 && { customFields }) } as RequestFields<S>
    })
}

type RequestFields<S extends z.ZodRawShape> = z.output<z.ZodObject<S>> & { customFields?: Record<string, string[]> }

export const listQuery = queryOf({ ...listShape, ...pageQuery })
export type ListQuery = z.output<typeof listQuery>
export const exportQuery = queryOf({ ...listShape, locale: localeTag.optional() })

export const statusBody = z.strictObject({ status: z.enum(statuses), resolution: plainText(10_000).optional() })

export const assignmentBody = z
  .strictObject({
    agentId: id.nullable().optional(),
    teamId: id.nullable().optional(),
    override: plainText(500, 1).optional(),
  })
  .refine((b) => b.agentId !== undefined || b.teamId !== undefined, {
    message: "agentId or teamId is required",
    path: ["agentId"],
  })

const subject = oneLine(300, 1)
const fields = {
  priority: z.enum(priorities).optional(),
  tags: z.array(oneLine(100, 1)).max(50).optional(),
  categoryIds: z.array(id).max(50).optional(),
  /** Given custom fields replace all of them. */
  customFields: fieldValues.optional(),
}

export const changeBody = z.strictObject({ subject: subject.optional(), ...fields })

const contactBody = z.strictObject({
  name: oneLine(200).optional(),
  email: plainText(254).optional(),
  phone: plainText(50).optional(),
})

/** `override`: why tickets of different customers become one. */
export const mergeBody = z.strictObject({ into: plainText(100, 1), override: plainText(500, 1).optional() })

export const splitBody = z.strictObject({
  messageIds: z.array(id).min(1).max(1_000),
  subject,
})
/** Customers give subject, description, categoryIds, public customFields and attachmentIds only. */
export const newTicketBody = z.strictObject({
  subject,
  description: plainText(65_536).optional(),
  ...fields,
  contact: contactBody.optional(),
  assigneeId: id.optional(),
  teamId: id.optional(),
  threadKey: plainText(200, 1).optional(),
  conversationId: id.optional(),
  channel: z.enum(channels).optional(),
  attachmentIds: z.array(id).max(10).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language such as es or es-CO")
    .max(35)
    .optional(),
})
export type NewTicketBody = z.output<typeof newTicketBody>

export const linkBody = z.strictObject({ type: z.enum(["related", "follow_up", "conversation"]), ticket: id })
/** `lastSeenMessageId`: the newest message on the reader's screen; what came after it stays unread. */
export const readBody = z.strictObject({ lastSeenMessageId: plainText(100, 1).optional() }).nullish()
export const snoozeBody = z.strictObject({ until: instant })

export const categoryBody = z.strictObject({
  name: oneLine(100, 1),
  reopenWindowMinutes: z.int("must be whole minutes").min(0).max(525_600).nullable().optional(),
})

/** `reopenWindowMinutes` goes before the connection's own; null leaves that to the connection. */
export const category = z
  .object({ id: z.string(), name: z.string(), reopenWindowMinutes: z.number().nullable(), createdAt: z.date() })
  .meta({ id: "Category" })
export type Category = z.infer<typeof category>
