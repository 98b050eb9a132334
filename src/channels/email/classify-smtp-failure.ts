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
  // RFC 4954 §6: 454 is a temporary failure of the login, and so is whatever else begins with a 4.
  const isRefusedLogin = code === "EAUTH" && (responseCode === undefined || responseCode >= 500)
  // Nothing is wrong with the mail: it waits until somebody has set the password.
  if (isRefusedLogin || responseCode === 535 || responseCode === 530)
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

/** As nodemailer tells of one recipient whom the server did not take, while it took others. */
export type RefusedRecipient = { recipient: string; responseCode?: number }

/** It gets no other try: the mail would reach the others once more. */
export const refusedRecipient = ({ recipient, responseCode = 500 }: RefusedRecipient) => ({
  address: recipient.toLowerCase(),
  why: responseCode >= 500 ? "mail_address" : "mail_deferred",
})
