// A mail of ours as it leaves: text and HTML beside each other, and headers by which an answer finds its way back. Pure.
import { escapeHtml } from "#kernel/http/html-template.ts"
import { headerLine } from "#kernel/mail/mail-address.ts"
import { ownMessageClass } from "../body/quote-marks.ts"
import { loopHeader } from "../headers/detect-automatic.ts"
import type { MailAddress } from "../read-mail.ts"
import { isHeaderSafeId, referencesOf } from "./references.ts"

export type OutgoingReply = {
  /** The mailbox, or an alias that was verified. */
  from: MailAddress
  /** With the token; null where the mailbox does not take plus addresses. */
  replyTo: string | null
  /** Where bounces go; null to leave it to the server, empty for the null path. */
  envelopeFrom: string | null
  to: MailAddress[]
  cc: MailAddress[]
  bcc: MailAddress[]
  /** Of the mail that is answered, or a new one. */
  subject: string
  /** Without brackets, made when the message was queued: each try bears the same. */
  messageId: string
  /** The last public mail of the thread; null in the first mail of a thread. */
  answered: { messageId: string | null; references: string[] } | null
  text: string
  /** Sanitised; null makes it from the text. */
  html: string | null
  /** Plain text; empty for none. */
  signature: string
  /** The last public mail; null for none. Never a note, and never an older one. */
  quote: { attribution: string; text: string; html: string | null } | null
  /** Written by Hilo itself: it says so, lest another machine answers. */
  isAutomatic: boolean
  /** The desk's own. */
  instanceId: string
}

/** As nodemailer takes it. Addresses are objects: as text they would be parsed, and could be read as more than one. */
export function composeReply(reply: OutgoingReply) {
  const { from, to, cc, bcc, replyTo, envelopeFrom, answered, messageId } = reply
  const references = answered === null ? [] : referencesOf(answered.references, answered.messageId)
  const recipients = [...to, ...cc, ...bcc].map(({ address }) => address)
  return {
    from: sender(from),
    to: to.map(sender),
    cc: cc.map(sender),
    ...(replyTo !== null && { replyTo: { name: headerLine(from.name), address: replyTo } }),
    // Who gets it besides stands in the envelope alone.
    envelope: { from: envelopeFrom ?? from.address, to: recipients },
    subject: answered === null ? headerLine(reply.subject, 900) : replySubject(reply.subject),
    text: textOf(reply),
    html: htmlOf(reply),
    ...(references.length > 0 && { references: references.map((id) => `<${id}>`) }),
    headers: {
      // Prepared: folded behind the header's name, an id gets lost in some programs and breaks signatures in others.
      "Message-ID": { prepared: true, value: `<${messageId}>` },
      ...(typeof answered?.messageId === "string" &&
        isHeaderSafeId(answered.messageId) && { "In-Reply-To": { prepared: true, value: `<${answered.messageId}>` } }),
      ...(reply.isAutomatic && {
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        [loopHeader]: reply.instanceId,
      }),
    },
    disableFileAccess: true as const,
    disableUrlAccess: true as const,
  }
}

const sender = ({ name, address }: MailAddress) => ({ name: headerLine(name), address })

/** The subject with one `Re:`, however many stand before it in whatever language. */
export function replySubject(subject: string): string {
  let rest = headerLine(subject, 900)
  for (let found = answerPrefix.exec(rest); found; found = answerPrefix.exec(rest)) rest = rest.slice(found[0].length)
  return `Re: ${rest}`.trim()
}

const answerPrefix = /^\s{0,4}(?:re|rif|sv|aw|antw|res)(?:\[\d{1,3}\])?\s?[:：]\s{0,4}/iu

function textOf({ text, signature, quote }: OutgoingReply): string {
  const quoted = quote && `${quote.attribution}\n${quote.text.split("\n").map(quotedLine).join("\n")}`
  return [text.trimEnd(), signature && `-- \n${signature}`, quoted].filter(Boolean).join("\n\n")
}

const quotedLine = (line: string) => (line === "" || line.startsWith(">") ? `>${line}` : `> ${line}`)

function htmlOf({ text, html, signature, quote }: OutgoingReply): string {
  const own = `<div class="${ownMessageClass}">${html ?? paragraph(text)}</div>`
  const signed = signature && `<div class="hilo_signature">-- <br>${lines(signature)}</div>`
  const quoted =
    quote &&
    `<p>${escapeHtml(quote.attribution)}</p><blockquote type="cite" style="margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ccc">${quote.html ?? paragraph(quote.text)}</blockquote>`
  return [own, signed, quoted].filter(Boolean).join("<br>")
}

const lines = (text: string) => escapeHtml(text).replaceAll("\n", "<br>")
const paragraph = (text: string) => `<p>${lines(text)}</p>`
