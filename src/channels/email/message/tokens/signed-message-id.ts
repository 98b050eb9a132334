// Message-IDs of our own mails: `msg_….<signature>@example.com`. An answer or a bounce that names one names a message of ours, and
// nobody else can make one.
import type { Secrets } from "#kernel/secrets.ts"
import { isSignatureOf, signatureLength, signatureOf } from "./signed-id.ts"

const purpose = "mail message id"
const shape = new RegExp(`^(msg_[0-9a-f]{32})\\.([a-z2-7]{${signatureLength}})@`)

/** Without brackets. `domain`: that of the mailbox. The same at each try, so that a mail sent twice is known as one. */
export const signedMessageId = (secrets: Secrets, messageId: string, domain: string): string =>
  `${messageId}.${signatureOf(secrets, purpose, messageId)}@${domain}`

/** The message of ours that a Message-ID names, whatever domain it bears; null when we did not make it. */
export function messageOfMessageId(secrets: Secrets, id: string): string | null {
  const match = shape.exec(id.trim().toLowerCase())
  return match && isSignatureOf(secrets, purpose, match[1]!, match[2]!) ? match[1]! : null
}
