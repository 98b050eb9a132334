import { inTransaction, system } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { TrackBody } from "./api-contract.ts"
import { findTracked, normalizeTracked } from "./find-tracked-ticket.ts"
import { requestLink } from "./mail-link.ts"
import { type Story, storyOf } from "./story-of-ticket.ts"
import { createTrackingLimits } from "./tracking-limits.ts"

export type Tracking = {
  /** The story of the ticket, or 404, the same for every miss; too many tries are 429. */
  find: (ip: string, asked: TrackBody) => Promise<Story>
  /** Has a link mailed, if there is anything to mail and a mail is left; what is left for an address is asked when it leaves. */
  mailLink: (ip: string, asked: TrackBody) => Promise<void>
  limits: ReturnType<typeof createTrackingLimits>
}

export function createTracking(kit: Kit): Tracking {
  const limits = createTrackingLimits(kit.db)
  return {
    limits,
    find: async (ip, asked) => {
      const guess = await limits.spendGuess(ip, asked)
      const match = await findTracked(kit.db.kysely, normalizeTracked(asked))
      // Asked for in any case: a miss takes as long.
      const story = await storyOf(kit.db.kysely, match?.ticketId ?? "")
      if (story === null) throw notFound("ticket")
      await guess.wasRight()
      return story
    },
    mailLink: async (ip, asked) => {
      if (!(await limits.isRequestLeft(ip))) return
      await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => requestLink(act, kit.secrets, asked))
    },
  }
}
