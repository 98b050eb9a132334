import { z } from "zod"

/** Of a mail: who wrote it, as far as it can be read. */
const summary = z.object({
  sender: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string(),
  bytes: z.number(),
})

export const failedDelivery = z.object({
  id: z.string(),
  connectionId: z.string(),
  element: z.unknown(),
  /** A code that names the text `failedDeliveries.cause.<cause>`; `other` where only `reason` says it. */
  cause: z.string(),
  reason: z.string(),
  summary: summary.nullable(),
  tries: z.number(),
  createdAt: z.date(),
  replayedAt: z.date().nullable(),
})
export type FailedDelivery = z.infer<typeof failedDelivery>

/** How many wait of each cause, the most frequent first. */
export const causes = z.array(z.object({ cause: z.string(), count: z.number() }))
export type FailedDeliveryCauses = z.infer<typeof causes>

/** `nextCursor`: there are more of this cause; it goes on behind those that were tried. */
export const replayedCause = z.object({ replayed: z.number(), failed: z.number(), nextCursor: z.string().nullable() })
export type ReplayedCause = z.infer<typeof replayedCause>

/** `ticket` is null where it was processed in another way before. */
export const ticketOfDelivery = failedDelivery.extend({
  ticket: z.object({ id: z.string(), number: z.string() }).nullable(),
})
export type TicketOfDelivery = z.infer<typeof ticketOfDelivery>
