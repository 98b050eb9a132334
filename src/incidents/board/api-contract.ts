import { z } from "zod"
import { canonicals, incidentTicket, triggers } from "../api-contract.ts"
import { levels, scoreParts } from "../severity/score-stuck-shipment.ts"

const scored = z.object({
  total: z.number(),
  level: z.enum(levels),
  parts: z.array(z.object({ part: z.enum(scoreParts), points: z.number() })),
})
export const boardIncident = z.object({
  id: z.string(),
  number: z.string(),
  carrier: z.string(),
  city: z.string(),
  canonical: z.enum(canonicals).nullable(),
  movedAt: z.date().nullable(),
  cause: z.string().nullable(),
  score: scored,
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

export type BoardIncident = z.infer<typeof boardIncident>
export type BoardSummary = z.infer<typeof boardSummary>
