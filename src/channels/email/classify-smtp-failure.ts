// What a try says that did not succeed. Pure.
import type { SendOutcome } from "../outgoing-message.ts"

/** As nodemailer throws it. */
export type SmtpFault = { code?: string; responseCode?: number; command?: string }

/** `sent`: how much of the mail had left. */
export function classifySmtpFailure(
  { code = "", responseCode, command = "" }: SmtpFault,
  sent: "nothing" | "some" | "all",
): SendOutcome {
  const answered = responseCode === undefined ? {} : { code: responseCode }
  // Nothing is wrong with the mail: it waits until somebody has set the password.
  if (code === "EAUTH" || responseCode === 535 || responseCode === 530)
    return { state: "blocked", why: "mail_login", class: "account", ...answered }
  if (responseCode !== undefined && responseCode >= 500)
    return { state: "rejected", why: refusalOf(command), class: "recipient", ...answered }
  if (responseCode !== undefined && responseCode >= 400)
    return { state: "retry", why: "temporary", class: "transient", ...answered }
  if (code === "EENVELOPE") return { state: "rejected", why: "mail_address", class: "recipient" }
  // After its last byte silence may mean that it was taken.
  if (sent === "all") return { state: "unknown", why: "timeout" }
  return { state: "retry", why: "unreachable", class: "transient" }
}

const refusalOf = (command: string) => (command === "RCPT TO" ? "mail_address" : "refused")
