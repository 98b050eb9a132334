// What one who is signed in may write in an hour, so that nobody fills a desk or keeps it busy. Counted before the work and
// before the body is read, in the database: on every server, over restarts, and also what is refused.
import { refundRateLimit, consumeRateLimit, type RateLimitResult } from "#kernel/rate-limits.ts"
import type { Database } from "#kernel/db.ts"
import type { Server } from "#kernel/http/server.ts"
import { readSetting } from "#settings/index.ts"
import { isPrincipal } from "./principal.ts"
import { tooManyRequests } from "../sign-in/throttle.ts"

/** What a route's writes count as beside being a write; `none`: they have limits of their own. */
export type Quota = "ticket" | "message" | "none"

declare module "fastify" {
  interface FastifyContextConfig {
    quota?: Quota
  }
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"])
// A customer's read marks, uploads and changes of their profile, for each message they may write.
const writesPerMessage = 10

/** Every write of a signed-in person or key is counted; more than the setting `quotas` allows is 429 with Retry-After. */
export function enforceWriteQuota(app: Server, db: Database) {
  const spending = createWriteQuota(db)
  const spendOfStaff = inBatches(spending)
  app.addHook("onRequest", async ({ actor: who, method, routeOptions }) => {
    const { quota } = routeOptions.config
    if (!isPrincipal(who) || quota === "none" || safeMethods.has(method)) return
    const { staffWrites, customerTickets, customerMessages } = await readSetting(db, "quotas")
    if (who.role !== "user") return spendOfStaff("staff_write", who.id, staffWrites)
    await spending.spend("customer_write", who.id, customerMessages * writesPerMessage)
    if (quota === "ticket") await spending.spend("customer_ticket", who.id, customerTickets)
    if (quota === "message") await spending.spend("customer_message", who.id, customerMessages)
  })
}

export type WriteQuota = {
  /** Spends `points` (one unless said otherwise) of `limit` an hour: how much is spent, and when the hour is over. Or 429, also counted. */
  spend: (what: string, who: string, limit: number, points?: number) => Promise<RateLimitResult>
  giveBack: (what: string, who: string, points: number) => Promise<void>
}

export function createWriteQuota(db: Database): WriteQuota {
  return {
    spend: async (what, who, limit, points = 1) => {
      const now = await consumeRateLimit(db, `${what}:${who}`, 3_600, points)
      if (now.spent > limit) throw tooManyRequests(now.msLeft)
      return now
    },
    giveBack: (what, who, points) => refundRateLimit(db, `${what}:${who}`, points),
  }
}

type Batch = { left: number; until: number }
const batchSize = 100
const rememberedAtMost = 10_000

/** Takes points from the database many at a time, so that a write costs a hundredth of a round trip; unspent ones lapse. */
function inBatches({ spend }: WriteQuota) {
  const batches = new Map<string, Promise<Batch>>()
  const take = (what: string, who: string, limit: number) => {
    const size = Math.min(batchSize, limit)
    const taken = spend(what, who, limit, size).then(({ msLeft }) => ({
      left: size,
      until: performance.now() + msLeft,
    }))
    if (batches.size >= rememberedAtMost) batches.delete(batches.keys().next().value!)
    batches.set(who, taken)
    taken.catch(() => batches.delete(who))
    return taken
  }
  return async (what: string, who: string, limit: number): Promise<void> => {
    for (;;) {
      const known = batches.get(who)
      const batch = await (known ?? take(what, who, limit))
      if (batch.left > 0 && performance.now() < batch.until) return void batch.left--
      if (known && batches.get(who) === known) batches.delete(who)
    }
  }
}
