// A mail that came back says what became of a message of ours, if it names one by an id that we signed; else it is a mail like others.
import type { ChannelAccount } from "../channel.ts"
import type { ChannelReport } from "../received-messages-and-reports.ts"
import type { DeliveredMail, MailText } from "./delivered-mail.ts"
import type { Bounce } from "./message/read-mail.ts"
import { messageOfMessageId } from "./message/tokens/signed-message-id.ts"

/** Null when it is none that says so. One that only waits is no failure. */
export function toReport(
  { delivered, mail }: { delivered: DeliveredMail; mail: MailText },
  by: ChannelAccount,
): ChannelReport | null {
  const { bounce } = mail
  const messageId = returnedMessage(mail, by)
  if (bounce?.action !== "failed" || messageId === null) return null
  const reason = reasonOf(bounce)
  return {
    externalId: messageId,
    messageId,
    status: "failed",
    participant: "",
    at: delivered.receivedAt,
    code: null,
    reason,
    failureClass: reason === "mail_address" ? "recipient" : "transient",
  }
}

/** A server tells of a mail of ours, that it waits or that it is there for instance: what it says belongs to the ticket, and wakes nobody. */
export const isBounceOfOurs = (mail: MailText, by: ChannelAccount): boolean => returnedMessage(mail, by) !== null

const returnedMessage = ({ bounce }: MailText, by: ChannelAccount): string | null =>
  bounce?.originalMessageId ? messageOfMessageId(by.deskSecrets, bounce.originalMessageId) : null

/** By the enhanced status code (RFC 3463) of a recipient that failed. */
function reasonOf({ recipients }: Bounce): string {
  const status = recipients.find(({ action }) => action === "failed")?.status ?? ""
  if (status.startsWith("5.1.")) return "mail_address"
  return /^[45]\.2\.2$/.test(status) ? "mailbox_full" : "refused"
}
