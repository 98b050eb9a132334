import { z } from "zod"
import { instant } from "#kernel/http/input-fields.ts"

const longestSpanDays = 92

/** A candidate, and the past time whose tickets it is tried on. */
export const simulationBody = <Candidate extends z.ZodType>(candidate: Candidate) =>
  z
    .strictObject({ candidate, from: instant, to: instant })
    .refine(({ from, to }) => from < to, { message: "must be later than from", path: ["to"] })
    .refine(({ from, to }) => to.getTime() - from.getTime() <= longestSpanDays * 86_400_000, {
      message: `must be at most ${longestSpanDays} days later than from`,
      path: ["to"],
    })

/** What became of a ticket under today's rules, what would have under the candidate, and why; in the reader's language. */
const difference = z.object({
  ticketId: z.string(),
  number: z.string(),
  now: z.string(),
  then: z.string(),
  because: z.string(),
})
export type Difference = z.infer<typeof difference>

export const simulationStates = ["running", "done", "cancelled", "failed"] as const

/** `progress`: 0 to 1. `differing` counts all, `items` are the first thousand. */
export const simulation = z
  .object({
    id: z.string(),
    state: z.enum(simulationStates),
    progress: z.number(),
    checked: z.number(),
    differing: z.number(),
    items: z.array(difference),
  })
  .meta({ id: "Simulation" })
export type Simulation = z.infer<typeof simulation>
