// What tickets promise, looked at from outside the code that keeps it.
import type { Invariant } from "#kernel/invariant.ts"
import { lifecycleInvariants } from "./invariants/lifecycle-in-database-matches-code.ts"
import { searchInvariants } from "./invariants/searchable-texts.ts"
import { numberInvariants, numberObjects } from "./invariants/numbers.ts"
import { threadInvariants, threadObjects } from "./invariants/one-active-ticket-per-thread-and-merges.ts"
import { timelineInvariants } from "./invariants/timelines.ts"
import { totalInvariants } from "./invariants/totals.ts"

/** What of the schema these keep. */
export const ticketObjects = [...numberObjects, ...threadObjects]

/** It is switched off by somebody who means it. */
export const lifecycleTrigger = "trigger tickets_follow_lifecycle"

export const ticketInvariants: Invariant[] = [
  ...threadInvariants,
  ...numberInvariants,
  ...lifecycleInvariants,
  ...timelineInvariants,
  ...searchInvariants,
  ...totalInvariants,
]
