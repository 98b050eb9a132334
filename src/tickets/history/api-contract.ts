import { z } from "zod"

const decision = z.object({
  answer: z.string(),
  code: z.string(),
  because: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  rejected: z.array(
    z.object({ candidate: z.string(), name: z.string().optional(), code: z.string(), because: z.string() }),
  ),
})

export const timelineAnswer = z.object({
  items: z.array(
    z.object({
      timestamp: z.date(),
      action: z.string(),
      actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
      details: z.record(z.string(), z.unknown()),
      why: decision.optional(),
    }),
  ),
})
export type TimelineAnswer = z.infer<typeof timelineAnswer>

export const whyAnswer = z.object({ items: z.array(decision.extend({ at: z.date(), question: z.string() })) })
export type WhyAnswer = z.infer<typeof whyAnswer>
