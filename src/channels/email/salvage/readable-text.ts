// The text of a mail that its reader could not take apart: one scan for a text part, else the bytes behind the headers. Pure.
import { cleanText } from "../message/clean-text.ts"
import { headerLength } from "../message/headers/header-fields.ts"

const longestText = 65_536
// Decoded text is shorter than this much of the mail, or cut.
const scannedBytes = 512 * 1024
const longestPartHeader = 2_000

/** At most 65,536 characters. Empty where nothing in it can be read. */
export function readableText(raw: Uint8Array): string {
  const scanned = Buffer.from(raw.subarray(0, headerLength(raw) + scannedBytes)).toString("latin1")
  const part = textPart(scanned) ?? scanned.slice(headerLength(raw))
  const { header, body } = splitPart(part, scanned.slice(0, headerLength(raw)))
  const text = cleanText(decode(body, header)).replaceAll("\r\n", "\n").trim()
  return isReadable(text) ? text.slice(0, longestText).toWellFormed() : ""
}

/** From the headers of the first part of plain text to its boundary; null where there is none. */
function textPart(mail: string): string | null {
  const named = /^content-type:[ \t]*text\/plain/im.exec(mail)
  if (!named) return null
  const begin = mail.lastIndexOf("\n--", named.index)
  const from = begin < 0 || named.index - begin > longestPartHeader ? named.index : mail.indexOf("\n", begin + 1) + 1
  const end = mail.indexOf("\n--", named.index)
  return mail.slice(from, end < 0 ? undefined : end)
}

function splitPart(part: string, mailHeader: string): { header: string; body: string } {
  const unix = part.indexOf("\n\n")
  const windows = part.indexOf("\r\n\r\n")
  const at = windows >= 0 && (unix < 0 || windows < unix) ? windows : unix
  const hasHeader = at >= 0 && /^content-type:/im.test(part.slice(0, at))
  return hasHeader
    ? { header: part.slice(0, at), body: part.slice(at).trimStart() }
    : { header: mailHeader, body: part }
}

function decode(body: string, header: string): string {
  const encoding = /^content-transfer-encoding:[ \t]*([\w-]+)/im.exec(header)?.[1]?.toLowerCase()
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? unquoted(body) : body, "latin1")
  return new TextDecoder(charsetOf(header)).decode(bytes)
}

const unquoted = (text: string) =>
  text
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))

function charsetOf(header: string): string {
  const named = /charset="?([\w.:-]{1,40})/i.exec(header)?.[1] ?? "utf-8"
  try {
    return new TextDecoder(named).encoding
  } catch {
    return "utf-8"
  }
}

const mostUnreadable = 0.1

/** Bytes of a file are no text. */
function isReadable(text: string): boolean {
  const unreadable = text.match(/[\p{Cc}\uFFFD]/gu)?.filter((one) => one !== "\n" && one !== "\t").length ?? 0
  return unreadable <= text.length * mostUnreadable
}
