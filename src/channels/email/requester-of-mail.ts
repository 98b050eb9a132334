// Who a mail is from, for us: the person, where a form, a robot or a mailing list has put its own address into From. Pure.
import { normalizeEmail } from "#kernel/mail/normalize-email.ts"
import type { MailAddress } from "../received-messages-and-reports.ts"

const noReply = /^(no-?_?reply|do-?not-?reply|noresponder|no-responder)([+._-].*)?@/

type Senders = {
  from: MailAddress
  replyTo: readonly MailAddress[]
  xOriginalSender: string | null
  /** From is an address of ours. */
  isOwn: boolean
}

/** Can be a contact's. A name of the own network, such as root@server, is nobody's address elsewhere. */
export const isReachable = ({ address }: Pick<MailAddress, "address">) => normalizeEmail(address) !== null

/**
 * From, unless that is ours or takes no answers and Reply-To names somebody else; or a mailing list has rewritten it and says of whom the
 * mail is. Anywhere else Reply-To says where answers go, and not who writes: it is no proof of anything. What
 * is nobody's address is passed over.
 */
export function requesterOfMail({ from, replyTo, xOriginalSender, isOwn }: Senders): MailAddress {
  const other = replyTo.find((one) => one.address !== from.address && isReachable(one))
  if (other && (isOwn || noReply.test(from.address))) return other
  return xOriginalSender === null || !isReachable({ address: xOriginalSender })
    ? from
    : { name: from.name.replace(/ (via|por medio de) .*$/, ""), address: xOriginalSender }
}
