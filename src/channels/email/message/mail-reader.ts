// Reads mails of strangers in a thread of their own, one after another: each with at most five seconds of the processor and 256 MB of
// heap. A mail that needs more fails alone.
import { openParserThread } from "#kernel/parsing/parser-thread.ts"
import type { MailInput } from "./parse-mail-in-thread.ts"
import type { MailReadingOptions, ReadMail } from "./read-mail.ts"

export type MailOutcome =
  | { state: "read"; mail: ReadMail }
  /** The mail stays as it was stored: to be downloaded, and to be read again by a later version. */
  | { state: "unreadable"; because: "too_slow" | "too_large" | "broken" }

export type MailReader = {
  /** The bytes are given away: after the call they are empty where they have a buffer of their own. Never rejects. */
  read: (raw: Uint8Array<ArrayBuffer>, options: MailReadingOptions) => Promise<MailOutcome>
  close: () => Promise<void>
}

const limits = { longestCpuMs: 5_000, longestMs: 60_000, heapMb: 256, idleMs: 60_000 }

export function openMailReader(): MailReader {
  const module = new URL("./parse-mail-in-thread.ts", import.meta.url)
  const thread = openParserThread<MailInput, ReadMail>({ module, ...limits })
  return {
    read: async (raw, options) => {
      const ownsBuffer = raw.byteLength === raw.buffer.byteLength
      const outcome = await thread.parse({ raw, options }, ownsBuffer ? [raw.buffer] : [])
      return outcome.state === "parsed"
        ? { state: "read", mail: outcome.output }
        : { state: "unreadable", because: outcome.because }
    },
    close: thread.close,
  }
}
