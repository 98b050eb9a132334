// How often somebody may guess, and be mailed to. Counted in the database: on every server, over restarts, and in parallel.
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
  const mails = {
    client: createThrottle(db, "track_link_client", { points: 20, seconds: hour }),
    number: createThrottle(db, "track_link_number", { points: 10, seconds: hour }),
    email: createThrottle(db, "track_link_email", { points: 3, seconds: hour }),
  }
  const uses = createThrottle(db, "track_link_use", { points: 30, seconds: 600 })
  const forms = createThrottle(db, "track_form", { points: 20, seconds: 600 })
  return {
    /** One guess, or 429. The same is counted whether or not there is such a ticket. */
    spendGuess: async (ip: string, asked: TrackBody) => {
      await guesses.client.spend(clientAddress(ip))
      await guesses.number.spend(numberKey(asked))
      await guesses.email.spend(foldedEmail(asked.email))
    },
    /** Is a mail left for them? Who asks does not learn it: after so many the owner of the address has one. */
    isMailLeft: async (ip: string, asked: TrackBody): Promise<boolean> =>
      (await isLeft(mails.client, clientAddress(ip))) &&
      (await isLeft(mails.number, numberKey(asked))) &&
      (await isLeft(mails.email, foldedEmail(asked.email))),
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
