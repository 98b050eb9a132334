import { z } from "zod"
import { flag } from "#kernel/http/input-fields.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"

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
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Once its reader may not see the ticket any more, neither the ticket nor its customer is named. */
export const notification = z
  .object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    ticket: z.object({ id: z.string(), number: z.string(), subject: z.string(), status: z.string() }).nullable(),
    messageId: z.string().nullable(),
    by: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    createdAt: z.date(),
    readAt: z.date().nullable(),
  })
  .meta({ id: "Notification" })
export type Notification = z.infer<typeof notification>

export const notificationsQuery = z.strictObject({ unread: flag.optional(), ...pageQuery })
export type NotificationsQuery = z.output<typeof notificationsQuery>
export const notificationsAnswer = pageSchema(notification).extend({ unread: z.number() })

export const readBody = z
  .strictObject({ ids: z.array(z.string().max(100)).min(1).max(500).optional(), all: z.literal(true).optional() })
  .refine((body) => (body.ids === undefined) !== (body.all === undefined), {
    path: ["ids"],
    message: "must be given, or all",
  })
export const readAnswer = z.object({ unread: z.number() })
