import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { consumeRateLimit, isRateLimitCounted, refundRateLimit } from "#kernel/rate-limits.ts"
import { tokenHash } from "#kernel/secrets.ts"

export type Throttle = {
  /** Counts one try, or throws 429 with Retry-After. */
  spend: (key: string) => Promise<void>
  /** Takes one try back: it turned out to be right. */
  forgive: (key: string) => Promise<void>
  /** Was any try counted, and counts still? */
  isCounted: (key: string) => Promise<boolean>
}

/** `points` tries in `seconds`, counted from the first. Keys are kept hashed: they are addresses and e-mails. */
export function createThrottle(db: Database, name: string, limit: { points: number; seconds: number }): Throttle {
  const keyOf = (key: string) => `${name}:${tokenHash(key)}`
  return {
    spend: async (key) => {
      const { spent, msLeft } = await consumeRateLimit(db, keyOf(key), limit.seconds)
      if (spent > limit.points) throw tooManyRequests(msLeft)
    },
    forgive: async (key) => refundRateLimit(db, keyOf(key)),
    isCounted: (key) => isRateLimitCounted(db, keyOf(key)),
  }
}

/** Counts one try where too many are answered as any other: false, the try is one of these. */
export async function isLeft(throttle: Throttle, key: string): Promise<boolean> {
  try {
    await throttle.spend(key)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.kind === "too_many") return false
    throw error
  }
}

export const tooManyRequests = (msLeft: number) =>
  new Refusal("too_many", "too_many", undefined, { retryAfterSeconds: Math.ceil(msLeft / 1000) })

/** One mailbox however it is written: case, and what stands after a plus, make no second one. */
export function foldedEmail(email: string): string {
  return email
    .trim()
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, "")
}
