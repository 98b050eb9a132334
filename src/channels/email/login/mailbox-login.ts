// What is shown to a mail server so that it lets us in: a password, or the access token of an account that was signed in.
import type { ChannelAccount } from "../../channel.ts"
import { mailboxOf } from "../settings.ts"

export type Login = { pass: string } | { accessToken: string }

/**
 * There is nothing to show. `reconnect`: nobody has signed in, or the provider has ended it. `oauth_app`: the provider does not know our app,
 * or not by this secret. `oauth_server`: it gives no access token now; nothing is wrong, and it is asked again.
 */
export class LoginUnavailable extends Error {
  readonly kind: "reconnect" | "oauth_app" | "oauth_server"
  /** When it makes sense to ask again; 0 where a person has to act. */
  readonly waitMs: number

  constructor(kind: LoginUnavailable["kind"], waitMs = 0) {
    super(`no login: ${kind}`)
    this.kind = kind
    this.waitMs = waitMs
  }
}

/** `refused`: the access token that the server did not take. Throws `LoginUnavailable`. */
export async function loginOf(account: ChannelAccount, side: "imap" | "smtp", refused?: string): Promise<Login> {
  const { password = "", smtpPassword = password } = account.secrets
  if (mailboxOf(account).auth === "password") return { pass: side === "imap" ? password : smtpPassword }
  const answer = await account.accessToken(refused)
  if (answer.state === "ok") return { accessToken: answer.token }
  if (answer.state === "ended") throw new LoginUnavailable("reconnect")
  throw answer.because === "app"
    ? new LoginUnavailable("oauth_app")
    : new LoginUnavailable("oauth_server", answer.afterMs)
}
