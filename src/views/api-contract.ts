import { z } from "zod"
import { oneLine, recordOf } from "#kernel/http/input-fields.ts"

export const visibilities = ["me", "team", "all"] as const

const id = z.string().max(100)
const given = z.union([z.string().max(300), z.boolean(), z.array(z.string().max(300)).max(100)])

const viewFields = {
  name: oneLine(100, 1),
  visibility: z.enum(visibilities),
  teamId: id.nullable().optional(),
  /** As the parameters of GET /tickets, but for sort, limit and cursor. */
  filters: recordOf(z.string().max(100), given, 100),
  sort: z.string().max(200).nullable().optional(),
}
export const newViewBody = z.strictObject(viewFields)
export const changeViewBody = z.strictObject(viewFields).partial()
export type ViewFields = z.output<typeof newViewBody>
export type ViewChanges = z.output<typeof changeViewBody>
export type Filters = ViewFields["filters"]

export const view = z
  .object({
    id: z.string(),
    name: z.string(),
    visibility: z.enum(visibilities),
    owner: z.object({ id: z.string(), name: z.string() }),
    teamId: z.string().nullable(),
    filters: z.record(z.string(), given),
    sort: z.string().nullable(),
    can: z.array(z.enum(["edit", "delete"])),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "View" })
export type View = z.infer<typeof view>

const count = z.object({ count: z.number(), isCapped: z.boolean() })

/**
 * Counted to 99. `views`: by the id of each saved view that the asker may see. `hasDeadlines`: some policy grants them. `dueToday`:
 * by the end of the asker's day, and not yet overdue.
 */
export const countsAnswer = z.object({
  mine: count,
  unassigned: count,
  open: count,
  snoozed: count,
  undelivered: count,
  breached: count,
  atRisk: count,
  dueToday: count,
  hasDeadlines: z.boolean(),
  views: z.record(z.string(), count),
})
export type Counts = z.infer<typeof countsAnswer>

export const announcementsBody = z.strictObject({
  tickets: z.array(z.string().max(100)).min(1).max(100),
  status: z.enum(["resolved", "closed"]),
})

export const announcementKinds = ["farewell", "mail", "survey"] as const
export type Announcement = (typeof announcementKinds)[number]

/**
 * How many conversations would be sent their connection's farewell, how many customers a mail or a survey, and what did not arrive.
 * `customers`: who of them would get what, by their tickets; a name that nobody knows is empty.
 */
export const announcementsAnswer = z.object({
  farewells: z.number(),
  mails: z.number(),
  surveys: z.number(),
  undelivered: z.number(),
  customers: z.array(
    z.object({
      ticket: z.object({ id: z.string(), number: z.string() }),
      name: z.string(),
      gets: z.array(z.enum(announcementKinds)),
    }),
  ),
})
export type Announcements = z.infer<typeof announcementsAnswer>
