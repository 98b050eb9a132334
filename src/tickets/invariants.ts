// What tickets promise, looked at from outside the code that keeps it.
import type { Invariant } from "#kernel/invariant.ts"
import { lifecycleInvariants } from "./invariants/lifecycle.ts"
import { numberInvariants } from "./invariants/numbers.ts"
import { threadInvariants } from "./invariants/threads.ts"
import { totalInvariants } from "./invariants/totals.ts"

export const ticketInvariants: Invariant[] = [
  ...threadInvariants,
  ...numberInvariants,
  ...lifecycleInvariants,
  ...totalInvariants,
]
