// The raw bytes of a mail → what it says. Everything about a mail that may be wrong is taken for what it can be taken for: faults are
// noticed as problems, and none is thrown. Runs in a thread with limits (mail-reader.ts).
import PostalMime, { decodeWords, type Email } from "postal-mime"
import { recognizeBounce } from "./bounce/recognize-bounce.ts"
import { readBody } from "./body/read-body.ts"
import { isForwardSubject, isReplySubject } from "./body/quote-phrases.ts"
import { cleanLine } from "./clean-text.ts"
import { filesOf } from "./files/mail-files.ts"
import { detectAutomatic } from "./headers/detect-automatic.ts"
import { firstValue, headerLength, parseHeaderFields, withReadableHeader } from "./headers/header-fields.ts"
import { readHeaders } from "./headers/read-headers.ts"
import type { MailProblem, MailReadingOptions, ReadMail } from "./read-mail.ts"

export async function parseMail(raw: Uint8Array<ArrayBuffer>, { authservId }: MailReadingOptions): Promise<ReadMail> {
  const { email, problems } = await parseStructure(withReadableHeader(raw))
  const fields = email.headers
  const subject = cleanLine(decodeWords(firstValue(fields, "subject") ?? ""), longestSubject)
  const contents = filesOf(email.attachments)
  const headers = readHeaders(fields, authservId)
  const isReply = headers.inReplyTo.length + headers.references.length > 0 || isReplySubject(subject)
  const body = readBody(
    { text: email.text || contents.packedText || "", html: email.html || contents.packedHtml },
    { isReply, isForward: isForwardSubject(subject) },
    contents.files,
  )
  const parts = email.attachments.filter(({ mimeType }) => reportTypes.test(mimeType)).map(partText)
  const bounce = recognizeBounce({ fields, subject, text: body.text, parts })
  const { problems: bodyProblems, ...read } = body
  return {
    ...headers,
    ...read,
    files: contents.files,
    subject,
    bounce,
    automatic: detectAutomatic({ fields, from: headers.from, subject, isDeliveryReport: bounce !== null }),
    problems: [
      ...problems,
      ...(headers.from === null ? (["from_unreadable"] as const) : []),
      ...contents.problems,
      ...bodyProblems,
    ],
  }
}

const longestSubject = 998
// What delivery reports are made of, and the mails in them.
const reportTypes = /^message\/|^text\/rfc822-headers$/
const longestPart = 100_000

function partText({ mimeType, content }: Email["attachments"][number]) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content)
  return { mimeType, text: new TextDecoder().decode(bytes.subarray(0, longestPart)) }
}

const deepestPart = 50
const longestHeaders = 1_000_000

/** Mails in a mail are its files. What cannot be taken apart is one text behind its headers. */
async function parseStructure(raw: Uint8Array<ArrayBuffer>): Promise<{ email: Email; problems: MailProblem[] }> {
  try {
    const options = { forceRfc822Attachments: true, maxNestingDepth: deepestPart, maxHeadersSize: longestHeaders }
    const email = await PostalMime.parse(wholeBuffer(raw), options)
    return { email, problems: email.headers.length === 0 ? ["not_a_mail"] : [] }
  } catch {
    const length = headerLength(raw)
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
    const headers = parseHeaderFields(decode(raw.subarray(0, Math.min(length, longestHeaders))))
    const text = decode(raw.subarray(length, length + longestHeaders))
    const email = {
      headers: headers.map((field) => ({ ...field, originalKey: field.key })),
      headerLines: [],
      attachments: [],
      text,
    }
    return { email, problems: ["structure_unreadable"] }
  }
}

/** A view of a larger buffer would be copied by the parser. */
const wholeBuffer = (raw: Uint8Array<ArrayBuffer>) =>
  raw.byteLength === raw.buffer.byteLength ? raw.buffer : raw.slice().buffer
