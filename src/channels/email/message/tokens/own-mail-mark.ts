// A header that every mail of ours bears: some providers give mails another Message-ID on their way, and what comes back to the mailbox
// must still be known as ours.
import type { Secrets } from "#kernel/secrets.ts"
import { isSignatureOf, signatureLength, signatureOf } from "./signed-id.ts"

export const ownMailHeader = "X-Hilo-Message"

const purpose = "mail of connection"
const shape = new RegExp(`^(msg_[0-9a-f]{32})\\.([a-z2-7]{${signatureLength}})$`)
const signed = (connectionId: string, messageId: string) => `${connectionId} ${messageId}`

/** Of a mail that leaves by this connection. */
export const ownMailMark = (secrets: Secrets, connectionId: string, messageId: string): string =>
  `${messageId}.${signatureOf(secrets, purpose, signed(connectionId, messageId))}`

/** Did a mail with this mark leave by this very connection? What another mailbox of ours has sent here is a mail like others. */
export function isOwnMailMark(secrets: Secrets, connectionId: string, mark: string): boolean {
  const match = shape.exec(mark.trim())
  return match !== null && isSignatureOf(secrets, purpose, signed(connectionId, match[1]!), match[2]!)
}
