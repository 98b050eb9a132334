// Is a mail a report of a mail that could not be delivered, of which one, and to whom? By its report part where it has one (RFC 3464),
// else by what mail systems say in words: then a sign that a machine wrote it must come with at least one more of a bounce.
import { firstValue, type HeaderField, parseHeaderFields, valuesOf } from "../headers/header-fields.ts"
import { parseAddresses } from "../headers/mail-addresses.ts"
import { parseMessageIds } from "../headers/message-ids.ts"
import type { Bounce, BounceAction, BouncedRecipient } from "../read-mail.ts"
import { hasBounceWords, isBounceSubject, isCopyLine, isDaemon, saysDelay } from "./bounce-phrases.ts"
import { enhancedStatus, mostRecipients, parseDeliveryStatus } from "./delivery-status.ts"

export type BounceFacts = {
  fields: readonly HeaderField[]
  subject: string
  text: string
  /** Texts of the parts of these types, in the mail's order. */
  parts: readonly { mimeType: string; text: string }[]
}

const longestScan = 30_000

export function recognizeBounce(facts: BounceFacts): Bounce | null {
  if (isOtherReport(facts)) return null
  const recipients = facts.parts
    .filter(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType))
    .flatMap(({ text }) => parseDeliveryStatus(text))
    .slice(0, mostRecipients)
  if (recipients.length === 0 && !isBounceInWords(facts)) return null
  const isReported = recipients.length > 0
  const all = isReported ? named(recipients, failedRecipients(facts.fields)) : recipientsInWords(facts)
  return { action: actionOf(all), recipients: all, originalMessageId: originalMessageId(facts), isReported }
}

/** Where a system names a recipient by a folder of its own, its header says who that is. */
const named = (recipients: readonly BouncedRecipient[], failed: readonly string[]): BouncedRecipient[] =>
  recipients.map((one, at) =>
    recipients.length === failed.length ? { ...one, address: one.address ?? failed[at]! } : one,
  )

/** Read receipts and reports of abuse embed a mail of ours as well. */
function isOtherReport({ fields, parts }: BounceFacts): boolean {
  const type = /report-type\s*=\s*"?([\w-]{1,60})/i.exec(firstValue(fields, "content-type") ?? "")?.[1]?.toLowerCase()
  return (
    type === "disposition-notification" ||
    type === "feedback-report" ||
    parts.some(({ mimeType }) => /^message\/(?:feedback-report|(?:global-)?disposition-notification)$/.test(mimeType))
  )
}

function actionOf(recipients: readonly BouncedRecipient[]): BounceAction {
  const all = recipients.map(({ action }) => action)
  return (["failed", "delayed"] as const).find((action) => all.includes(action)) ?? all[0] ?? "failed"
}

function isBounceInWords({ fields, subject, text, parts }: BounceFacts): boolean {
  if (firstValue(fields, "x-failed-recipients") !== null) return true
  const contentType = firstValue(fields, "content-type") ?? ""
  if (/^\s*multipart\/report\b/i.test(contentType) && /report-type\s*=\s*"?delivery-status/i.test(contentType))
    return true
  const from = firstValue(fields, "from") ?? ""
  const [sender] = parseAddresses(from, 1)
  const daemon = sender
    ? isDaemon(sender.name, sender.address)
    : /^\s*(?:"?mailer-daemon"?\s*)?<\s*>\s*$/i.test(from) || isDaemon(from, from)
  const nullPath = /^\s*<?\s*(?:mailer-daemon[^>]*)?>?\s*$/i.test(firstValue(fields, "return-path") ?? "x")
  const isAutomatic = /^\s*auto-/i.test(firstValue(fields, "auto-submitted") ?? "")
  if (!daemon && !nullPath && !isAutomatic) return false
  const head = text.slice(0, longestScan)
  const signs = [
    daemon ? 2 : 0,
    nullPath ? 1 : 0,
    isBounceSubject(subject) ? 2 : 0,
    hasBounceWords(head) ? 2 : 0,
    parts.some(({ mimeType }) => isCopyPart(mimeType)) ? 1 : 0,
  ]
  return signs.reduce((sum, sign) => sum + sign, 0) >= 4
}

const isCopyPart = (mimeType: string) =>
  /^(?:message\/(?:global|rfc822)|(?:text|message)\/(?:rfc822|global)-headers)$/.test(mimeType)

/** A report that is no part of its own stands in the text, or in a mail that is wrapped once more. */
function recipientsInWords({ fields, subject, text, parts }: BounceFacts): BouncedRecipient[] {
  const reports = [text, ...parts.filter(({ mimeType }) => isCopyPart(mimeType)).map((part) => part.text)]
  const written = reports
    .filter((report) => /^(?:final|original)-recipient:/im.test(report))
    .flatMap(parseDeliveryStatus)
    .filter(({ address }) => address !== null)
  if (written.length > 0) return written.slice(0, mostRecipients)
  const head = beforeCopy(text)
  const action = saysDelay(subject) || (saysDelay(head) && !isBounceSubject(subject)) ? "delayed" : "failed"
  const named = failedRecipients(fields)
  const addresses = named.length > 0 ? named : addressesIn(head).slice(0, 1)
  const result = {
    originalAddress: null,
    action,
    status: enhancedStatus(head),
    diagnostic: diagnosticIn(head),
  } as const
  return addresses.length > 0 ? addresses.map((address) => ({ address, ...result })) : [{ address: null, ...result }]
}

const failedRecipients = (fields: readonly HeaderField[]): string[] =>
  valuesOf(fields, "x-failed-recipients")
    .flatMap((value) => parseAddresses(value, mostRecipients))
    .map(({ address }) => address)
    .slice(0, mostRecipients)

function beforeCopy(text: string): string {
  const lines = text.slice(0, longestScan).split("\n")
  // The first lines of some systems say that a copy follows.
  const end = lines.findIndex((line, at) => at > 2 && isCopyLine(line))
  return (end < 0 ? lines : lines.slice(0, end)).join("\n")
}

const addressesIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\w.+-])([\w.+=~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})/g)].map(([, address]) =>
    address!.toLowerCase(),
  )

/** The line that holds the other server's answer. */
function diagnosticIn(text: string): string {
  const line = text.split("\n").find((one) => /(?<!\d)[45]\d\d[ -]/.test(one.slice(0, 500)))
  return line?.trim().slice(0, 500) ?? ""
}

/** Of the mail inside, else as its header stands in the text, else what the report answers. */
function originalMessageId({ fields, text, parts }: BounceFacts): string | null {
  const copies = parts.filter(({ mimeType }) => isCopyPart(mimeType))
  for (const copy of copies) {
    const id = idAmong(parseHeaderFields(copy.text.replace(/^\s+/, "")))
    if (id !== null) return id
  }
  const reports = parts.filter(({ mimeType }) => mimeType.endsWith("delivery-status"))
  for (const report of reports) {
    const value = /^(?:x-)?original-message-id:(.*)$/im.exec(report.text)?.[1]
    const [id] = parseMessageIds(value ?? "")
    if (id !== undefined) return id
  }
  return idInText(text) ?? idAnswered(fields)
}

const idAmong = (fields: readonly HeaderField[]) => parseMessageIds(firstValue(fields, "message-id") ?? "")[0] ?? null

function idInText(text: string): string | null {
  const lines = text.split("\n")
  for (const [at, line] of lines.entries()) {
    const value = /^[ \t>]{0,40}message-id:(.*)$/i.exec(line.slice(0, 1_500))?.[1]
    if (value === undefined) continue
    const [id] = parseMessageIds(value.trim() === "" ? (lines[at + 1] ?? "").slice(0, 1_500) : value)
    if (id !== undefined) return id
  }
  return null
}

function idAnswered(fields: readonly HeaderField[]): string | null {
  const keys = ["x-original-message-id", "in-reply-to", "references"]
  for (const key of keys) {
    const id = parseMessageIds(firstValue(fields, key) ?? "").at(-1)
    if (id !== undefined) return id
  }
  return null
}
