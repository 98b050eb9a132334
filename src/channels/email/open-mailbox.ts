// One connection to a mailbox that is read and never written: EXAMINE and BODY.PEEK, so that what others have read or not says nothing
// to us, and nothing of ours shows to them.
import { lookup } from "node:dns/promises"
import type { Readable } from "node:stream"
import { ImapFlow } from "imapflow"
import { isPublicAddress } from "#kernel/outbound/public-address.ts"
import type { ChannelAccount } from "../channel.ts"
import { largestMailBytes } from "./delivered-mail.ts"
import { isLoginRefused } from "./imap-fault.ts"
import { type Login, loginOf } from "./login/mailbox-login.ts"
import { folderOf, mailboxOf, type MailServer } from "./settings.ts"

/** `receivedAt`: INTERNALDATE; null when the server says nothing that can be read. */
export type MailFacts = { uid: number; size: number; receivedAt: Date | null }

export type OpenMailbox = {
  /** 0 when the server gives none: the ids mean something until it is closed. */
  uidValidity: number
  /** The lowest that the next mail may get. */
  uidNext: number
  /** In rising order, only those above it. */
  uidsAfter: (uid: number) => Promise<number[]>
  /** Of mails that came on that day or later, in rising order. */
  uidsSince: (day: Date) => Promise<number[]>
  /** Those that are still there, in rising order. */
  describe: (uids: readonly number[]) => Promise<MailFacts[]>
  /** Null when it is gone. */
  read: (uid: number) => Promise<Readable | null>
  readHeaders: (uid: number) => Promise<Buffer | null>
  /** Until a mail came, the time is over or the connection is lost. */
  waitForMail: (ms: number, signal: AbortSignal) => Promise<void>
  close: () => void
}

/** Larger mails are asked for in pieces of this size. */
export const chunkBytes = 1024 * 1024
const limits = {
  connectionTimeout: 20_000,
  greetingTimeout: 10_000,
  // Longer than a wait for mail, so that it only ends what says nothing at all.
  socketTimeout: 90_000,
  maxLineLength: 8 * 1024 * 1024,
  maxLiteralSize: largestMailBytes + chunkBytes,
  maxResponseSize: largestMailBytes + 2 * chunkBytes,
}

/**
 * Throws what the server or the network answered, and `LoginUnavailable`; `imapFaultOf` says what it means. `signal` ends the connection at
 * any time, also while it is being made: what waits for an answer then fails.
 */
export async function openMailbox(
  account: ChannelAccount,
  signal: AbortSignal,
  folder = folderOf(mailboxOf(account)),
): Promise<OpenMailbox> {
  const client = await connectToImap(account, signal)
  const news = watchArrivals(client)
  try {
    const { uidValidity, uidNext } = await client.mailboxOpen(folder, { readOnly: true })
    return { uidValidity: Number(uidValidity || 0), uidNext, ...reading(client), ...news, close: () => client.close() }
  } catch (error) {
    client.close()
    throw error
  }
}

/** The same without a folder. */
export async function connectToImap(account: ChannelAccount, signal = new AbortController().signal): Promise<ImapFlow> {
  const { imap } = mailboxOf(account)
  const login = await loginOf(account, "imap")
  try {
    return await connectAs(login, imap, signal)
  } catch (error) {
    // An access token may end before its time: the next one shows whether the access has ended too.
    if (!("accessToken" in login) || !isLoginRefused(error)) throw error
    return connectAs(await loginOf(account, "imap", login.accessToken), imap, signal)
  }
}

async function connectAs(login: Login, server: MailServer, signal: AbortSignal): Promise<ImapFlow> {
  const client = await clientOf(login, server, signal)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

async function clientOf(login: Login, server: MailServer, signal: AbortSignal): Promise<ImapFlow> {
  const address = await addressOf(server)
  signal.throwIfAborted()
  const client = new ImapFlow({ ...limits, ...address, ...credentials(server, login) })
  // Without a listener the process would end.
  client.on("error", () => client.close())
  const close = () => client.close()
  signal.addEventListener("abort", close, { once: true })
  client.once("close", () => signal.removeEventListener("abort", close))
  return client
}

/** In clear text only to what is in the own network, and there to the very address that was checked. */
async function addressOf({ host, port, security }: MailServer) {
  const secure = { port, secure: security === "tls", doSTARTTLS: security === "starttls" }
  if (security !== "none") return { host, ...secure }
  const { address } = await lookup(host)
  if (isPublicAddress(address))
    throw Object.assign(new Error("clear text is for the own network only"), { code: "ERR_TLS_REQUIRED" })
  return { host: address, ...secure }
}

const credentials = ({ user }: MailServer, login: Login) => ({
  auth: { user, ...login },
  logger: false as const,
  clientInfo: { name: "Hilo" },
  disableAutoIdle: true,
  maxIdleTime: 4 * 60_000,
})

function reading(client: ImapFlow) {
  // Nothing found is a list too: without one the connection is gone, or the server refused.
  const rising = (found: readonly number[] | false | undefined) => {
    if (!found)
      throw Object.assign(new Error("the mailbox gives no list"), { code: client.usable ? "" : "NoConnection" })
    return [...new Set(found)].toSorted((a, b) => a - b)
  }
  return {
    // A range past the end is answered with the last mail (RFC 3501, 6.4.8).
    uidsAfter: async (uid: number) =>
      rising(await client.search({ uid: `${uid + 1}:*` }, { uid: true })).filter((one) => one > uid),
    uidsSince: async (day: Date) => rising(await client.search({ since: day }, { uid: true })),
    describe: async (uids: readonly number[]) => {
      if (uids.length === 0) return []
      const query = { uid: true, size: true, internalDate: true }
      const found = await client.fetchAll(uids.join(","), query, { uid: true })
      const facts = new Map(
        found.map(({ uid, size = 0, internalDate }) => [uid, { uid, size, receivedAt: instantOf(internalDate) }]),
      )
      const missing = uids.filter((uid) => !facts.has(uid))
      // One that is not described is gone only if it is not found either: nothing may be passed over.
      const left = missing.length > 0 ? rising(await client.search({ uid: missing.join(",") }, { uid: true })) : []
      for (const uid of left) if (missing.includes(uid)) facts.set(uid, { uid, size: 0, receivedAt: null })
      return uids.flatMap((uid) => facts.get(uid) ?? [])
    },
    read: async (uid: number) =>
      (await client.download(String(uid), undefined, { uid: true, chunkSize: chunkBytes })).content ?? null,
    readHeaders: async (uid: number) => {
      const found = await client.fetchOne(String(uid), { headers: true }, { uid: true })
      return (found && found.headers) || null
    },
  }
}

function instantOf(date: Date | string | undefined): Date | null {
  const at = date === undefined ? null : new Date(date)
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

function watchArrivals(client: ImapFlow) {
  let hasNews = false
  let wake = () => {}
  client.on("exists", () => {
    hasNews = true
    wake()
  })
  client.on("close", () => wake())
  return {
    waitForMail: async (ms: number, signal: AbortSignal) => {
      if (!hasNews && !signal.aborted && client.usable) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        const timer = setTimeout(resolve, ms)
        const stop = () => resolve()
        signal.addEventListener("abort", stop, { once: true })
        // The next command ends it; that it failed shows there too.
        client.idle().catch(() => {})
        await promise
        clearTimeout(timer)
        signal.removeEventListener("abort", stop)
      }
      hasNews = false
    },
  }
}
