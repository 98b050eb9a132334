// How often somebody may guess, and ask for links. Counted in the database: on every server, over restarts, and in parallel.
import type { Database } from "#kernel/db.ts"
import { clientAddress, createThrottle, foldedEmail, isLeft } from "#people/index.ts"
import type { TrackBody } from "./api-contract.ts"
import { normalizeTracked } from "./find-tracked-ticket.ts"

const [hour, month] = [3_600, 30 * 86_400]

/** `wasRight`: it was no guess, and is none from there for a month. */
type Guess = { wasRight: () => Promise<void> }

export function createTrackingLimits(db: Database) {
  const perClient = createThrottle(db, "track_client", { points: 10, seconds: 60 })
  const hits = createThrottle(db, "track_hit", { points: Infinity, seconds: month })
  // What one client guesses at a number or an e-mail ends before what all guess at it: alone it shuts out nobody.
  const guesses = [
    createThrottle(db, "track_guess_of_client", { points: 10, seconds: hour }),
    createThrottle(db, "track_guess", { points: 30, seconds: hour }),
  ] as const
  const requests = createThrottle(db, "track_link_client", { points: 20, seconds: hour })
  const uses = createThrottle(db, "track_link_use", { points: 30, seconds: 600 })
  const forms = createThrottle(db, "track_form", { points: 20, seconds: 600 })

  /** One guess, or 429. The same is counted whether or not there is such a ticket; what was found there before is no guess. */
  async function spendGuess(ip: string, asked: TrackBody): Promise<Guess> {
    const client = clientAddress(ip)
    await perClient.spend(client)
    const keys = [numberKey(asked), foldedEmail(asked.email)]
    const hit = [client, ...keys].join(" ")
    if (await hits.isCounted(hit)) return { wasRight: async () => {} }
    const counts = guesses.flatMap((throttle, n) =>
      keys.map((key) => [throttle, n === 0 ? `${client} ${key}` : key] as const),
    )
    for (const [throttle, key] of counts) await throttle.spend(key)
    return {
      wasRight: async () => {
        await hits.spend(hit)
        for (const [throttle, key] of counts) await throttle.forgive(key)
      },
    }
  }

  return {
    spendGuess,
    /**
     * May somebody there ask for one more link? They do not learn it. By number and e-mail nothing is counted before the two are
     * known to belong together: a stranger would use up what is left to the owner of the address.
     */
    isRequestLeft: (ip: string): Promise<boolean> => isLeft(requests, clientAddress(ip)),
    /** Tries of links, by where they come from. */
    spendUse: (ip: string) => uses.spend(clientAddress(ip)),
    /** What is written by a link, by the address that it was mailed to. */
    spendForm: (identityId: string) => forms.spend(identityId),
  }
}

function numberKey(asked: TrackBody): string {
  const { number, alias } = normalizeTracked(asked)
  return number || alias.toLowerCase()
}
