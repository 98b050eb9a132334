// What one who is signed in may write in an hour, so that nobody fills a desk or keeps it busy. Counted before the work and
// before the body is read, in the database: on every server and over restarts. A customer's tickets and messages count when
// they are there; what was refused counts as a try alone, of which there are more.
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
  interface FastifyRequest {
    /** What the request has spent of the quota of what it does, until it is done. */
    spentQuota: { what: string; window: number } | null
  }
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"])
// A customer's read marks, uploads, changes of their profile and refused tries, for each message they may write.
const writesPerMessage = 10
const firstRefusal = 400

/** Every write of a signed-in person or key is counted; more than the setting `quotas` allows is 429 with Retry-After. */
export function enforceWriteQuota(app: Server, db: Database) {
  const spending = createWriteQuota(db)
  const spendOfStaff = inBatches(spending)
  app.decorateRequest("spentQuota", null)
  app.addHook("onRequest", async (request) => {
    const { actor: who, method, routeOptions } = request
    const { quota } = routeOptions.config
    if (!isPrincipal(who) || quota === "none" || safeMethods.has(method)) return
    const { staffWrites, customerTickets, customerMessages } = await readSetting(db, "quotas")
    if (who.role !== "user") return spendOfStaff("staff_write", who.id, staffWrites)
    await spending.spend("customer_write", who.id, customerMessages * writesPerMessage)
    if (quota === undefined) return
    const { spent, msLeft, window } = await spending.count(`customer_${quota}`, who.id)
    request.spentQuota = { what: `customer_${quota}`, window }
    if (spent > (quota === "ticket" ? customerTickets : customerMessages)) throw tooManyRequests(msLeft)
  })
  // Before the answer leaves, so that a client that reads the refusal has its point back.
  app.addHook("onSend", async (request, { statusCode }) => {
    const { actor, spentQuota, log } = request
    if (spentQuota === null || statusCode < firstRefusal) return
    request.spentQuota = null
    const { what, window } = spentQuota
    await spending.giveBack(what, String(actor.id), 1, window).catch((error: unknown) => log.warn(error))
  })
}

export type WriteQuota = {
  /** Spends `points` (one unless said otherwise) of `limit` an hour: how much is spent, and when the hour is over. Or 429, also counted. */
  spend: (what: string, who: string, limit: number, points?: number) => Promise<RateLimitResult>
  /** The same without a limit: the caller knows it. */
  count: (what: string, who: string, points?: number) => Promise<RateLimitResult>
  giveBack: (what: string, who: string, points: number, window?: number) => Promise<void>
}

export function createWriteQuota(db: Database): WriteQuota {
  const count = (what: string, who: string, points = 1) => consumeRateLimit(db, `${what}:${who}`, 3_600, points)
  return {
    count,
    spend: async (what, who, limit, points = 1) => {
      const now = await count(what, who, points)
      if (now.spent > limit) throw tooManyRequests(now.msLeft)
      return now
    },
    giveBack: (what, who, points, window) => refundRateLimit(db, `${what}:${who}`, points, window),
  }
}

type Batch = { left: number; until: number }
const largestBatch = 100
// What a server has taken lapses with it, and no other one may spend it: a twentieth of the hour at most.
const batchesAnHour = 20
const rememberedAtMost = 10_000

/** Takes points from the database many at a time, so that a write costs a hundredth of a round trip; unspent ones lapse. */
function inBatches({ spend }: WriteQuota) {
  const batches = new Map<string, Promise<Batch>>()
  const take = (what: string, who: string, limit: number) => {
    const size = Math.max(1, Math.min(largestBatch, Math.floor(limit / batchesAnHour)))
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
