// When other tokens are asked for, and what an answer that brings none means. Pure.
import type { GrantFailure } from "./grant-store.ts"

/** So shortly before its end an access token is exchanged: what begins with it should not lose it on the way. */
const beforeEndMs = 300_000
const firstMs = 5_000
const longestMs = 600_000
/** Between a first refusal and the second: providers have refused good grants for moments. */
const afterRefusalMs = 30_000
const refusalsThatEnd = 2

export const isToBeRefreshed = (accessEndsAt: Date, now: Date) => accessEndsAt.getTime() - now.getTime() <= beforeEndMs

export type AfterFailure = { endsNow: boolean; waitMs: number }

/** `failures` and `refusals`: in a row, without this one. `chance`: 0 to 1. Only a grant that is refused twice has ended. */
export function afterFailedRefresh(
  failure: GrantFailure,
  { failures, refusals }: { failures: number; refusals: number },
  chance: number,
): AfterFailure {
  if (failure === "refused") return { endsNow: refusals + 1 >= refusalsThatEnd, waitMs: afterRefusalMs }
  const doubled = Math.min(firstMs * 2 ** Math.min(failures, 20), longestMs)
  return { endsNow: false, waitMs: Math.round(doubled * (1 + chance / 4)) }
}
