import { z } from "zod"
import { oneOrMore, plainText } from "#kernel/http/input-fields.ts"
import { oneChangeOrMany } from "#kernel/http/one-change-or-many.ts"
import { assignmentBody } from "#tickets/api-contract.ts"
import { canonicals, incidentTicket, triggers } from "../api-contract.ts"
import { levels, scoreParts } from "../severity/score-stuck-shipment.ts"

const scored = z.object({
  total: z.number(),
  level: z.enum(levels),
  parts: z.array(z.object({ part: z.enum(scoreParts), points: z.number() })),
})
const name = z.string().max(200)
const named = z.object({ id: z.string(), name: z.string() }).nullable()
export const incidentStatuses = ["open", "in_progress", "resolved", "closed"] as const

/** Which incidents: without a status the active ones, of a search all that are found. */
export const boardFilter = {
  q: plainText(100, 1).optional(),
  status: oneOrMore(z.enum(incidentStatuses)),
  trigger: oneOrMore(z.enum(triggers)),
  carrier: oneOrMore(name),
  city: oneOrMore(name),
  failureCode: oneOrMore(
    z
      .string()
      .regex(/^\d{1,9}$/, "must be the code of a failure")
      .transform(Number),
  ),
  assignedTo: oneOrMore(
    z.string().regex(/^(me|unassigned|usr_\w{1,60})$/, "must be me, unassigned or the id of a user"),
  ),
}

/** What `POST /incidents/bulk` may do to one: `resolved` also where it has to be started before. */
export const incidentChanges = ["assign", "in_progress", "resolved", "closed"] as const
export type IncidentChange = (typeof incidentChanges)[number]
const changes = z.array(z.enum(incidentChanges))

export const boardIncident = z.object({
  id: z.string(),
  number: z.string(),
  carrier: z.string(),
  city: z.string(),
  canonical: z.enum(canonicals).nullable(),
  movedAt: z.date().nullable(),
  cause: z.string().nullable(),
  score: scored,
  assignee: named,
  team: named,
  can: changes,
  incident: incidentTicket,
})
export const boardPage = z.object({
  items: z.array(boardIncident),
  nextCursor: z.string().nullable(),
  total: z.number(),
  totalIsCapped: z.boolean(),
})
const counted = z.array(z.object({ name: z.string(), count: z.number() }))
export const boardSummary = z.object({
  total: z.number(),
  byTrigger: counted,
  byCarrier: counted,
  byCity: counted,
  outage: z
    .object({
      trigger: z.enum(triggers),
      failureCode: z.number().nullable(),
      cause: z.string().nullable(),
      carrier: z.string(),
      count: z.number(),
      lately: z.number(),
      share: z.number(),
    })
    .nullable(),
})

/** So many are changed at once. */
export const mostInBulk = 500

/** The incidents of a filter, the worst first, with what may be done to each. */
export const selectionAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      status: z.enum(incidentStatuses),
      assignee: named,
      team: named,
      can: changes,
    }),
  ),
  total: z.number(),
  totalIsCapped: z.boolean(),
})

/** What is done to each, in this order: assignment, status. One that is open is started before it is resolved. */
const bulkChange = z
  .strictObject({
    assignment: assignmentBody.optional(),
    status: z.enum(["in_progress", "resolved", "closed"]).optional(),
    resolution: plainText(2_000).optional(),
  })
  .refine(({ assignment, status }) => assignment !== undefined || status !== undefined, "must change something")
  .refine(({ status, resolution }) => resolution === undefined || status === "resolved" || status === "closed", {
    message: "is for what is resolved or closed",
    path: ["resolution"],
  })
export type BulkIncidentChange = z.output<typeof bulkChange>

const bulkIncidents = z.array(z.string().min(1).max(100)).min(1).max(mostInBulk)
/** One change of all incidents, or `changes`, each of its own. */
export const bulkIncidentsBody = z
  .strictObject({
    incidents: bulkIncidents.optional(),
    change: bulkChange.optional(),
    changes: z
      .array(z.strictObject({ refs: bulkIncidents, change: bulkChange }))
      .min(1)
      .max(mostInBulk)
      .optional(),
  })
  .superRefine(oneChangeOrMany("incidents", mostInBulk))

export type IncidentSelection = z.infer<typeof selectionAnswer>
export type BoardIncident = z.infer<typeof boardIncident>
export type BoardSummary = z.infer<typeof boardSummary>
