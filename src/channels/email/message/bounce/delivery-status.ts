// The part of a delivery report that machines write for machines (RFC 3464), as the mail systems of thirty years write it.
import { parseHeaderFields, type HeaderField, firstValue } from "../headers/header-fields.ts"
import { cleanLine, cleanText } from "../clean-text.ts"
import type { BounceAction, BouncedRecipient } from "../read-mail.ts"

export const mostRecipients = 50
const longestDiagnostic = 500

/** Groups of fields are divided by empty lines; those of a recipient say what became of it. */
export function parseDeliveryStatus(text: string): BouncedRecipient[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/\n[ \t]*\n/, 1_000)
    .map((group) => parseHeaderFields(group.trim()))
    .flatMap((fields) => recipientOf(fields) ?? [])
    .slice(0, mostRecipients)
}

function recipientOf(fields: readonly HeaderField[]): BouncedRecipient | null {
  // As the sender wrote it, and where a server led it (RFC 3464 §2.3.1 and §2.3.2).
  const originalAddress = addressOf(firstValue(fields, "original-recipient") ?? "")
  const address = addressOf(firstValue(fields, "final-recipient") ?? "") ?? originalAddress
  const [action, status] = [firstValue(fields, "action"), firstValue(fields, "status")]
  if (!address && action === null && status === null) return null
  const code = enhancedStatus(status ?? "")
  return {
    address,
    originalAddress,
    action: actionOf(action ?? "") ?? (code?.startsWith("2") ? "delivered" : "failed"),
    status: code,
    diagnostic: cleanLine(
      (firstValue(fields, "diagnostic-code") ?? "").replace(/^\s*[\w-]{1,40}\s*;/, ""),
      longestDiagnostic,
    ),
  }
}

/** "rfc822; <ana@x.example>" */
function addressOf(value: string): string | null {
  const address = value
    .slice(0, 1_000)
    .replace(/^[^;@]*;/, "")
    .replaceAll(/[<>\s]/g, "")
    .replace(/\(.*$/, "")
    .toLowerCase()
  return /^[^@]+@[^@]+$/.test(address) && address.length <= 254 ? cleanText(address) : null
}

function actionOf(value: string): BounceAction | null {
  const word = /[a-z]+/.exec(value.toLowerCase())?.[0] ?? ""
  if (["failed", "failure", "fatal", "expired", "error"].includes(word)) return "failed"
  if (["delayed", "deferred"].includes(word)) return "delayed"
  return (["delivered", "relayed", "expanded"] as const).find((known) => known === word) ?? null
}

/** The first enhanced status code of a text (RFC 3463), never a part of an IP address or of a version. */
export function enhancedStatus(text: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text)?.[0] ?? null
}
