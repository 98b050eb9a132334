// The token that a reply address carries behind a plus sign: `soporte+<token>@example.com` leads an answer back to its mail thread
// whatever the answering program does to the headers.
import type { Secrets } from "#kernel/secrets.ts"
import { decodeId, encodeId, idLength, isSignatureOf, signatureLength, signatureOf } from "./signed-id.ts"

const purpose = "mail thread address"
// RFC 5321 §4.5.3.1.1.
const longestLocalPart = 64
const shape = new RegExp(`^([a-z2-7]{${idLength}})([a-z2-7]{${signatureLength}})$`)

/**
 * The mailbox's address with the token of a mail thread (`mth_…`). Null where the local part would be longer than 64 characters, which
 * is where the mailbox's own has more than 21.
 */
export function replyAddress(secrets: Secrets, mailbox: string, threadId: string): string | null {
  const at = mailbox.lastIndexOf("@")
  const id = encodeId(threadId)
  if (at < 1 || id === null) return null
  const local = `${mailbox.slice(0, at)}+${id}${signatureOf(secrets, purpose, threadId)}`
  return local.length > longestLocalPart ? null : `${local}${mailbox.slice(at)}`
}

/** The mail thread whose token an address carries; null when it carries none of ours. Case does not matter. */
export function threadOfReplyAddress(secrets: Secrets, address: string): string | null {
  const token = tokenIn(address)
  const threadId = token && decodeId("mth", token.id)
  return threadId && isSignatureOf(secrets, purpose, threadId, token.signature) ? threadId : null
}

/** The address without a token of ours or of another desk: what is shown, and what is compared with the mailbox's own addresses. */
export function withoutToken(address: string): string {
  const lower = address.trim().toLowerCase()
  return tokenIn(lower) ? lower.slice(0, lower.indexOf("+")) + lower.slice(lower.lastIndexOf("@")) : lower
}

function tokenIn(address: string): { id: string; signature: string } | null {
  const lower = address.trim().toLowerCase()
  const match = shape.exec(lower.slice(lower.indexOf("+") + 1, Math.max(lower.lastIndexOf("@"), 0)))
  return match && lower.includes("+") ? { id: match[1]!, signature: match[2]! } : null
}
