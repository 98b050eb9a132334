// What tickets promise, looked at from outside the code that keeps it.
import type { Invariant } from "#kernel/invariant.ts"
import { lifecycleInvariants } from "./invariants/lifecycle.ts"
import { numberInvariants, numberObjects } from "./invariants/numbers.ts"
import { threadInvariants, threadObjects } from "./invariants/threads.ts"
import { timelineInvariants } from "./invariants/timelines.ts"
import { totalInvariants } from "./invariants/totals.ts"

/** What of the schema these keep. */
export const ticketObjects = [...numberObjects, ...threadObjects]

export const ticketInvariants: Invariant[] = [
  ...threadInvariants,
  ...numberInvariants,
  ...lifecycleInvariants,
  ...timelineInvariants,
  ...totalInvariants,
]
