// What is done at the server for sending is done with what lets us in, and once more with another access token where one was refused.
import type { ChannelAccount } from "../../channel.ts"
import type { SendOutcome } from "../../outgoing-message.ts"
import { type Login, loginOf, LoginUnavailable } from "./mailbox-login.ts"

type NoLogin = Exclude<SendOutcome, { state: "sent" | "delivered" }>

/** What came of it, or why there is no login: then nothing is wrong with the mail. */
export async function withSmtpLogin<T extends SendOutcome | null>(
  account: ChannelAccount,
  attempt: (login: Login) => Promise<T>,
): Promise<T | NoLogin> {
  const login = await smtpLogin(account)
  if ("state" in login) return login
  const outcome = await attempt(login)
  // An access token may end before its time: the next one shows whether the access has ended too.
  const isRefused = outcome?.state === "blocked" && outcome.why === "mail_login"
  if (!isRefused || !("accessToken" in login)) return outcome
  const other = await smtpLogin(account, login.accessToken)
  return "state" in other ? other : attempt(other)
}

async function smtpLogin(account: ChannelAccount, refused?: string): Promise<Login | NoLogin> {
  try {
    return await loginOf(account, "smtp", refused)
  } catch (error) {
    if (!(error instanceof LoginUnavailable)) throw error
    if (error.kind === "oauth_server")
      return { state: "retry", why: "mail_oauth_server", class: "transient", afterMs: error.waitMs }
    return { state: "blocked", why: `mail_${error.kind}`, class: "account" }
  }
}
