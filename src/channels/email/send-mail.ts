// A message of ours leaves as one mail to all of its recipients.
import { lookup } from "node:dns/promises"
import { Readable } from "node:stream"
import { createTransport } from "nodemailer"
import { isPublicAddress } from "#kernel/outbound/public-address.ts"
import type { ChannelAccount, LiveChecks } from "../channel.ts"
import type { OutgoingMessage, OutgoingNotice, SendOutcome } from "../outgoing-message.ts"
import {
  classifySmtpFailure,
  refusedRecipient,
  type RefusedRecipient,
  type SmtpFault,
} from "./classify-smtp-failure.ts"
import { type ComposedMail, composeMail, composeNotice, ownId } from "./compose-mail.ts"
import { givenMailId } from "./message/headers/given-mail-id.ts"
import type { Login } from "./login/mailbox-login.ts"
import { smtpLogin, withSmtpLogin } from "./login/with-smtp-login.ts"
import { mailboxOf, type MailServer } from "./settings.ts"

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 }
// A claim of the outbox is good for a minute: all of a try, its login too, is over before that.
const longestMs = 50_000

export async function sendMail(account: ChannelAccount, message: OutgoingMessage): Promise<SendOutcome> {
  const signal = AbortSignal.timeout(longestMs)
  const composed = await composeMail(account, message)
  if (!composed) return { state: "rejected", why: "no_address" }
  const outcome = await submitMail(account, composed, signal)
  if (!("mail" in outcome) || outcome.mail?.mailId !== ownId(account, message.messageId)) return outcome
  return { ...outcome, mail: { ...outcome.mail, mailId: null } }
}

// As nodemailer says what the server answered.
type SubmissionAnswer = { response: string; rejectedErrors?: RefusedRecipient[] }

/** By the desk itself, about a ticket or about an account. */
export async function sendNotice(account: ChannelAccount, notice: OutgoingNotice): Promise<SendOutcome> {
  return submitMail(account, await composeNotice(account, notice))
}

/** Hands a mail to the server of the mailbox, unless `signal` ends that. */
export const submitMail = (
  account: ChannelAccount,
  mail: ComposedMail,
  signal = AbortSignal.timeout(longestMs),
): Promise<SendOutcome> => withSmtpLogin(account, signal, (login) => submitAs(login, account, mail, signal))

async function submitAs(
  login: Login,
  account: ChannelAccount,
  { raw, envelope }: ComposedMail,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { smtp } = mailboxOf(account)
  const options = await optionsOf(account, login)
  if ("state" in options) return options
  const transport = createTransport(options)
  const { stream, sent } = watched(raw)
  try {
    const answer = await transport.sendMail({ envelope, raw: stream, signal })
    const { rejectedErrors, response } = answer as SubmissionAnswer
    const refused = (rejectedErrors ?? []).map(refusedRecipient)
    return { state: "sent", mail: { refused, mailId: givenMailId(response, smtp.host) } }
  } catch (error) {
    return classifySmtpFailure(error as SmtpFault, sent())
  } finally {
    transport.close()
  }
}

/** Hands it several in one session, until `signal` ends that; how many it took. */
export async function submitMails(
  account: ChannelAccount,
  mails: readonly ComposedMail[],
  signal: AbortSignal,
): Promise<number> {
  const login = await smtpLogin(account, signal)
  const options = "state" in login ? login : await optionsOf(account, login)
  if ("state" in options) return 0
  const transport = createTransport({ ...options, pool: true, maxConnections: 1, maxRequeues: 1 })
  let taken = 0
  for (const mail of mails)
    taken += await transport.sendMail({ ...mail, signal }).then(
      () => 1,
      () => 0,
    )
  transport.close()
  return taken
}

/**
 * Does the server let us in? Whether it refuses the password for good is known once it has refused it twice: the first time was when the
 * connection stopped.
 */
export async function checkSmtpLogin(account: ChannelAccount): Promise<LiveChecks> {
  const fault = await withSmtpLogin(account, AbortSignal.timeout(longestMs), async (login) => {
    const options = await optionsOf(account, login)
    return "state" in options ? options : faultOfLogin(createTransport(options))
  })
  const ok = fault === null
  const detail = fault === null ? "" : fault.why
  return { checks: [{ name: "login", ok, detail }], canSend: ok, needsPerson: fault?.state === "blocked" }
}

async function faultOfLogin(transport: Transporter): Promise<Unsent | null> {
  try {
    await transport.verify()
    return null
  } catch (error) {
    const outcome = classifySmtpFailure(error as SmtpFault, "nothing")
    return "why" in outcome ? outcome : null
  } finally {
    transport.close()
  }
}

type Transporter = ReturnType<typeof createTransport>
type SmtpOptions = Server & typeof patience & { auth: ReturnType<typeof authOf> }
type Server = NonNullable<Awaited<ReturnType<typeof serverOf>>>
type Unsent = Exclude<SendOutcome, { state: "sent" | "delivered" }>

/** Or why there is none. */
async function optionsOf(account: ChannelAccount, login: Login): Promise<SmtpOptions | Unsent> {
  const { smtp } = mailboxOf(account)
  const server = await serverOf(smtp).catch(() => "not found" as const)
  if (server === "not found") return { state: "retry", why: "unreachable", class: "transient" }
  if (!server) return { state: "blocked", why: "mail_encryption", class: "account" }
  return { ...server, ...patience, auth: authOf(smtp.user, login) }
}

const authOf = (user: string, login: Login) =>
  "accessToken" in login ? { type: "OAuth2" as const, user, ...login } : { user, ...login }

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
