// Counts tries in the database, so that parallel tries all count, on every server, and a restart forgets none.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { tokenHash } from "#kernel/secrets.ts"

export type Throttle = {
  /** Counts one try, or throws 429 with Retry-After. */
  spend: (key: string) => Promise<void>
  /** Takes one try back: it turned out to be right. */
  forgive: (key: string) => Promise<void>
}

/** `points` tries in `seconds`, counted from the first. Keys are kept hashed: they are addresses and e-mails. */
export function createThrottle(db: Database, name: string, limit: { points: number; seconds: number }): Throttle {
  const limiter = new RateLimiterPostgres({
    storeClient: db.pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: name,
    points: limit.points,
    duration: limit.seconds,
  })
  return {
    spend: async (key) => {
      await limiter.consume(tokenHash(key)).catch((reason: unknown) => {
        throw reason instanceof RateLimiterRes ? tooMany(reason) : reason
      })
    },
    forgive: async (key) => {
      await limiter.reward(tokenHash(key))
    },
  }
}

export const tooMany = ({ msBeforeNext }: RateLimiterRes) =>
  new Refusal("too_many", "too_many", undefined, { retryAfterSeconds: Math.ceil(msBeforeNext / 1000) })

/** One mailbox however it is written: case, and what stands after a plus, make no second one. */
export function foldedEmail(email: string): string {
  return email
    .trim()
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, "")
}
