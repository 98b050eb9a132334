import { z } from "zod"
import { flag } from "#kernel/http/input-fields.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { channels } from "#tickets/api-contract.ts"

export const notificationKinds = [
  "mentioned",
  "assigned",
  "unassigned",
  "answered",
  "merged_away",
  "freed",
  "sla_warning",
  "sla_breached",
  "escalated",
  "new_unassigned",
  "connection_failing",
  "connection_well",
  "connection_flooded",
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** How a notification may be announced: a sound, and a notification of the operating system where no page is seen. */
const alert = z.enum(["sound", "system"])
export type Alert = z.infer<typeof alert>

const ticketShown = z.object({
  id: z.string(),
  number: z.string(),
  subject: z.string(),
  status: z.string(),
  channel: z.enum(channels),
})

/**
 * About a ticket or a connection. Once its reader may not see the ticket any more, neither the ticket nor its customer is named. `excerpt`: the beginning of
 * what the customer wrote, where that is what it is about.
 */
export const notification = z
  .object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    ticket: ticketShown.nullable(),
    connection: z.object({ id: z.string(), name: z.string() }).nullable(),
    messageId: z.string().nullable(),
    excerpt: z.string().nullable(),
    alerts: z.array(alert).describe("By your preferences, and none in your quiet hours"),
    by: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    createdAt: z.date(),
    readAt: z.date().nullable(),
  })
  .meta({ id: "Notification" })
export type Notification = z.infer<typeof notification>

export const notificationsQuery = z.strictObject({ unread: flag.optional(), ...pageQuery })
export type NotificationsQuery = z.output<typeof notificationsQuery>
export const notificationsAnswer = pageSchema(notification).extend({ unread: z.number() })

/** Of exactly one of them: those named, those of a ticket (its id or number), or all. */
export const readBody = z
  .strictObject({
    ids: z.array(z.string().max(100)).min(1).max(500).optional(),
    ticket: z.string().max(100).optional(),
    all: z.literal(true).optional(),
  })
  .superRefine((body, ctx) => {
    const given = Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    if (given.length === 1) return
    for (const name of given.length === 0 ? ["ids"] : given)
      ctx.addIssue({ code: "custom", path: [name], message: "must be given alone: ids, a ticket, or all" })
  })
export type ReadBody = z.output<typeof readBody>
export const readAnswer = z.object({ unread: z.number() })

const choices = z.strictObject({
  list: z.boolean().describe("Whether you are notified at all"),
  sound: z.boolean(),
  system: z.boolean(),
})
type Choices = z.infer<typeof choices>
const allOf: Choices = { list: true, sound: true, system: true }
const quietly: Choices = { list: true, sound: false, system: false }

export const defaultPreferences: Record<NotificationKind, Choices> = {
  mentioned: allOf,
  assigned: allOf,
  unassigned: quietly,
  answered: allOf,
  merged_away: quietly,
  freed: quietly,
  sla_warning: allOf,
  sla_breached: allOf,
  escalated: allOf,
  new_unassigned: allOf,
  connection_failing: allOf,
  connection_well: quietly,
  connection_flooded: allOf,
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 22:00")
const quietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { path: ["to"], message: "must differ from the beginning" })
export type QuietHours = z.infer<typeof quietHours>

/** `quietHours`: every day, in your time zone; past midnight where `to` is the earlier. */
export const notificationPreferences = z
  .object({
    kinds: z.object(
      Object.fromEntries(notificationKinds.map((kind) => [kind, choices])) as Record<NotificationKind, typeof choices>,
    ),
    quietHours: quietHours.nullable(),
  })
  .meta({ id: "NotificationPreferences" })
export type NotificationPreferences = z.infer<typeof notificationPreferences>

export const preferencesChange = z.strictObject({
  kinds: z.partialRecord(z.enum(notificationKinds), choices).optional(),
  quietHours: quietHours.nullable().optional(),
})
export type PreferencesChange = z.output<typeof preferencesChange>
