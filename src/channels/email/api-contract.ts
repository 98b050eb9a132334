// How a mailbox is, as its page and other programs read it.
import { z } from "zod"

const instant = z.date().nullable()
const inWords = {
  text: z.string().describe("In the reader's language"),
  remedy: z.string().describe("What somebody does about it, in the reader's language"),
}

const failureCodes = `login, reconnect (somebody signs in again), oauth_app, oauth_server, throttled, quota, folder, plain_text, certificate, encryption, host, port, unreachable, protocol; disk_full and
storage where Hilo itself has no place for mails`

export const mailboxHealth = z
  .object({
    /** `failing`: the last look at it failed. */
    state: z.enum(["off", "starting", "good", "failing"]),
    lastCheckAt: instant,
    lastMailAt: instant,
    /** Mails that were fetched and are not received yet; and those that people have to look at. */
    waiting: z.number(),
    oldestWaitingAt: instant,
    quarantined: z.number(),
    /** `refused` by the server for reading or for sending. */
    login: z.object({ state: z.enum(["unknown", "good", "refused"]) }),
    failure: z
      .object({
        code: z.string().describe(failureCodes),
        since: z.date(),
        nextTryAt: z.date(),
        ...inWords,
      })
      .nullable(),
    lastSentAt: instant,
    queued: z.number(),
    breaker: z.object({ since: z.string(), reason: z.string(), ...inWords }).nullable(),
  })
  .meta({ id: "MailboxHealth" })

export type MailboxHealth = z.output<typeof mailboxHealth>
