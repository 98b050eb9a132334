// How often somebody may guess, and ask for links. Counted in the database: on every server, over restarts, and in parallel.
import type { Database } from "#kernel/db.ts"
import { clientAddress, createThrottle, foldedEmail, isLeft } from "#people/index.ts"
import type { TrackBody } from "./api-contract.ts"
import { normalizeTracked } from "./find-tracked-ticket.ts"

const hour = 3_600

export function createTrackingLimits(db: Database) {
  const guesses = {
    client: createThrottle(db, "track_client", { points: 10, seconds: 60 }),
    number: createThrottle(db, "track_number", { points: 30, seconds: hour }),
    email: createThrottle(db, "track_email", { points: 30, seconds: hour }),
  }
  const requests = createThrottle(db, "track_link_client", { points: 20, seconds: hour })
  const uses = createThrottle(db, "track_link_use", { points: 30, seconds: 600 })
  const forms = createThrottle(db, "track_form", { points: 20, seconds: 600 })
  return {
    /** One guess, or 429. The same is counted whether or not there is such a ticket. */
    spendGuess: async (ip: string, asked: TrackBody) => {
      await guesses.client.spend(clientAddress(ip))
      await guesses.number.spend(numberKey(asked))
      await guesses.email.spend(foldedEmail(asked.email))
    },
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
