import { z } from "zod"

export const failedDelivery = z.object({
  id: z.string(),
  connectionId: z.string(),
  element: z.unknown(),
  reason: z.string(),
  tries: z.number(),
  createdAt: z.date(),
  replayedAt: z.date().nullable(),
})
export type FailedDelivery = z.infer<typeof failedDelivery>
