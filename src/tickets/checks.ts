// What tickets promise, looked at from outside the code that keeps it.
import type { Invariant } from "#kernel/invariant.ts"
import { lifecycleChecks } from "./checks/lifecycle.ts"
import { numberChecks } from "./checks/numbers.ts"
import { threadChecks } from "./checks/threads.ts"
import { totalChecks } from "./checks/totals.ts"

export const ticketChecks: Invariant[] = [...threadChecks, ...numberChecks, ...lifecycleChecks, ...totalChecks]
