// A mail that came back says what became of a message of ours, if it names one by an id that we signed; else it is a mail like others.
import type { ChannelAccount } from "../channel.ts"
import type { ChannelReport } from "../received-messages-and-reports.ts"
import type { DeliveredMail, MailText } from "./delivered-mail.ts"
import type { BouncedRecipient } from "./message/read-mail.ts"
import { messageOfMessageId } from "./message/tokens/signed-message-id.ts"

/** One for each recipient that failed; none when it says nothing of the kind. One that only waits is no failure. */
export function toReports(
  { delivered, mail }: { delivered: DeliveredMail; mail: MailText },
  by: ChannelAccount,
): ChannelReport[] {
  const { bounce } = mail
  const messageId = returnedMessage(mail, by)
  if (bounce?.action !== "failed" || messageId === null) return []
  const failed = bounce.recipients.filter(({ action }) => action === "failed")
  return (failed.length > 0 ? failed : [nobodyNamed]).map((recipient) => {
    const reason = reasonOf(recipient)
    return {
      externalId: messageId,
      messageId,
      status: "failed",
      participant: recipient.originalAddress ?? recipient.address ?? "",
      at: delivered.receivedAt,
      code: null,
      reason,
      failureClass: reason === "mail_address" ? "recipient" : "transient",
    }
  })
}

const nobodyNamed = { address: null, originalAddress: null, status: null }

/** A server tells of a mail of ours, that it waits or that it is there for instance: what it says belongs to the ticket, and wakes nobody. */
export const isBounceOfOurs = (mail: MailText, by: ChannelAccount): boolean => returnedMessage(mail, by) !== null

const returnedMessage = ({ bounce }: MailText, by: ChannelAccount): string | null =>
  bounce?.originalMessageId ? messageOfMessageId(by.deskSecrets, bounce.originalMessageId) : null

/** By the enhanced status code (RFC 3463). */
function reasonOf({ status }: Pick<BouncedRecipient, "status">): string {
  if (status?.startsWith("5.1.")) return "mail_address"
  return /^[45]\.2\.2$/.test(status ?? "") ? "mailbox_full" : "refused"
}
