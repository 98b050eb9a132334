import type { Kit } from "#kernel/kit.ts"
import { createThrottle } from "./throttle.ts"

const minutes = (n: number) => n * 60
/** Tries at passwords and set-up tokens. A right one is taken back, so that only wrong ones add up. */
export function createAttemptLimits({ db }: Kit) {
  return {
    address: createThrottle(db, "sign_in_address", { points: 30, seconds: minutes(10) }),
    account: createThrottle(db, "sign_in_account", { points: 10, seconds: minutes(15) }),
    person: createThrottle(db, "own_password", { points: 10, seconds: minutes(15) }),
    linkAddress: createThrottle(db, "link_address", { points: 10, seconds: minutes(10) }),
    linkEmail: createThrottle(db, "link_email", { points: 5, seconds: minutes(30) }),
  }
}
export type AttemptLimits = ReturnType<typeof createAttemptLimits>
