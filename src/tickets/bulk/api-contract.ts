import { z } from "zod"
import { oneLine, plainText } from "#kernel/http/input-fields.ts"
import { assignmentBody, priorities, snoozeBody, statusBody } from "../api-contract.ts"
import { oneChangeOrMany } from "#kernel/http/one-change-or-many.ts"

/** So many are changed at once. */
const mostTickets = 100

/** What is done to each ticket, in this order: fields, assignment, status, snooze. */
const bulkChange = z
  .strictObject({
    priority: z.enum(priorities).optional(),
    tags: z
      .strictObject({
        add: z.array(oneLine(100, 1)).max(50).default([]),
        remove: z.array(oneLine(100, 1)).max(50).default([]),
      })
      .optional(),
    assignment: assignmentBody.optional(),
    status: statusBody.shape.status.optional(),
    resolution: statusBody.shape.resolution,
    /** Null wakes it. */
    snooze: snoozeBody.nullable().optional(),
  })
  .refine((change) => Object.values(change).some((part) => part !== undefined), "must change something")
export type BulkChange = z.output<typeof bulkChange>

const bulkTickets = z.array(plainText(100, 1)).min(1).max(mostTickets)
/** One change of all tickets, or `changes`, each of its own: what takes back a change is another for each past that they had. */
export const bulkBody = z
  .strictObject({
    tickets: bulkTickets.optional(),
    change: bulkChange.optional(),
    changes: z
      .array(z.strictObject({ refs: bulkTickets, change: bulkChange }))
      .min(1)
      .max(mostTickets)
      .optional(),
  })
  .superRefine(oneChangeOrMany("tickets", mostTickets))

/** One row per ticket asked for, in that order: `problem` as a request for it alone would have been refused, with what that names. */
export const bulkAnswer = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      ok: z.boolean(),
      ticket: z.object({ id: z.string(), number: z.string(), status: z.string(), version: z.number() }).nullable(),
      problem: z.looseObject({ status: z.number(), code: z.string(), detail: z.string() }).nullable(),
    }),
  ),
  changed: z.number(),
  failed: z.number(),
})
export type BulkAnswer = z.infer<typeof bulkAnswer>
