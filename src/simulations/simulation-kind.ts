import type { z } from "zod"
import type { Database } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import type { Difference } from "./api-contract.ts"

/** One batch of what was compared. `progress`: how much of all is done, 0 to 1. */
export type Comparison = { checked: number; progress: number; differences: Difference[] }

export type SimulationRequest<Candidate> = { candidate: Candidate; from: Date; to: Date; who: Principal }

/**
 * A what-if that a module offers. `compare` refuses a candidate that cannot be; then it goes through the past tickets that
 * `who` sees, some hundred at a time, and writes nothing.
 */
export type SimulationKind<Shape extends z.ZodType = z.ZodType> = {
  name: string
  summary: string
  candidate: Shape
  compare: (db: Database, asked: SimulationRequest<z.output<Shape>>) => Promise<AsyncIterable<Comparison>>
}
