// What is done at the server for sending is done with what lets us in, and once more with another access token where one was refused.
import type { ChannelAccount } from "../../channel.ts"
import type { SendOutcome } from "../../outgoing-message.ts"
import { type Login, loginOf, LoginUnavailable } from "./mailbox-login.ts"

type NoLogin = Exclude<SendOutcome, { state: "sent" | "delivered" }>

/** What came of it, or why there is no login: then nothing is wrong with the mail. `signal` ends the wait for one. */
export async function withSmtpLogin<T extends SendOutcome | null>(
  account: ChannelAccount,
  signal: AbortSignal,
  attempt: (login: Login) => Promise<T>,
): Promise<T | NoLogin> {
  const login = await smtpLogin(account, signal)
  if ("state" in login) return login
  const outcome = await attempt(login)
  // An access token may end before its time: the next one shows whether the access has ended too.
  const isRefused = outcome?.state === "blocked" && outcome.why === "mail_login"
  if (!isRefused || !("accessToken" in login)) return outcome
  const other = await smtpLogin(account, signal, login.accessToken)
  return "state" in other ? other : attempt(other)
}

export async function smtpLogin(
  account: ChannelAccount,
  signal: AbortSignal,
  refused?: string,
): Promise<Login | NoLogin> {
  try {
    // What comes later is kept, and is there for the next try.
    return await Promise.race([loginOf(account, "smtp", refused), whenOver(signal)])
  } catch (error) {
    if (!(error instanceof LoginUnavailable)) throw error
    if (error.kind === "oauth_server")
      return { state: "retry", why: "mail_oauth_server", class: "transient", afterMs: error.waitMs }
    return { state: "blocked", why: `mail_${error.kind}`, class: "account" }
  }
}

function whenOver(signal: AbortSignal): Promise<NoLogin> {
  const { promise, resolve } = Promise.withResolvers<NoLogin>()
  const give = () => resolve({ state: "retry", why: "mail_oauth_server", class: "transient" })
  if (signal.aborted) give()
  else signal.addEventListener("abort", give, { once: true })
  return promise
}
