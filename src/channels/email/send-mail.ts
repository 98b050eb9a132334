// A message of ours leaves as one mail to all of its recipients.
import { lookup } from "node:dns/promises"
import { Readable } from "node:stream"
import { createTransport } from "nodemailer"
import { isPublicAddress } from "#kernel/outbound/public-address.ts"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingMessage, SendOutcome } from "../outgoing-message.ts"
import { classifySmtpFailure, type SmtpFault } from "./classify-smtp-failure.ts"
import { type ComposedMail, composeMail } from "./compose-mail.ts"
import { mailboxOf, type MailServer } from "./settings.ts"

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 }
// A claim of the outbox is good for a minute.
const longestMs = 50_000

export async function sendMail(account: ChannelAccount, message: OutgoingMessage): Promise<SendOutcome> {
  const composed = await composeMail(account, message)
  return composed ? submitMail(account, composed) : { state: "rejected", why: "no_address" }
}

/** Hands a mail to the server of the mailbox. */
export async function submitMail(account: ChannelAccount, { raw, envelope }: ComposedMail): Promise<SendOutcome> {
  const { smtp } = mailboxOf(account)
  const { password = "", smtpPassword = password } = account.secrets
  const server = await serverOf(smtp).catch(() => "not found" as const)
  if (server === "not found") return { state: "retry", why: "unreachable", class: "transient" }
  if (!server) return { state: "blocked", why: "mail_encryption", class: "account" }
  const transport = createTransport({ ...server, ...patience, auth: { user: smtp.user, pass: smtpPassword } })
  const { stream, sent } = watched(raw)
  const timer = setTimeout(() => stream.destroy(new Error("takes too long")), longestMs)
  try {
    await transport.sendMail({ envelope, raw: stream })
    return { state: "sent" }
  } catch (error) {
    return classifySmtpFailure(error as SmtpFault, sent())
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}

/** In clear text only to what is in the own network, and there to the very address that was checked; null where that is not so. */
async function serverOf({ host, port, security }: MailServer) {
  if (security === "tls") return { host, port, secure: true }
  if (security === "starttls") return { host, port, secure: false, requireTLS: true }
  const { address } = await lookup(host)
  return isPublicAddress(address) ? null : { host: address, port, secure: false, ignoreTLS: true }
}

/** The bytes as a stream that says how much of them was taken. */
function watched(raw: Buffer) {
  let sent: "nothing" | "some" | "all" = "nothing"
  const bytes = function* () {
    sent = "some"
    yield raw
    sent = "all"
  }
  return { stream: Readable.from(bytes()), sent: () => sent }
}
