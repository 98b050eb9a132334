// Messages as they stand in a mail that forwards them. Pure.
import type { Recipient } from "./reply-recipients.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"

export type ForwardedMessage = {
  sentAt: Date
  name: string
  address: string
  content: string
  /** Null of what was no mail. */
  subject: string | null
  recipients: readonly Recipient[] | null
}

/** Oldest first, as many of the newest as `longest` characters hold; a single one that is longer is cut. Blind copies are never named. */
export function forwardedText(language: Language, messages: readonly ForwardedMessage[], longest: number): string {
  const parts: string[] = []
  let left = longest
  for (const message of messages.toReversed()) {
    const part = textOf(language, message)
    if (part.length + 2 > left && parts.length > 0) break
    parts.unshift(part.slice(0, left).toWellFormed())
    left -= part.length + 2
  }
  return parts.join("\n\n")
}

function textOf(language: Language, { sentAt, name, address, content, subject, recipients }: ForwardedMessage): string {
  const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })
  const visible = (recipients ?? []).filter(({ role }) => role !== "bcc").map(person)
  const line = (id: "from" | "date" | "subject" | "to", value: string) =>
    value === "" ? [] : [`${formatText(language, `mail.forward.${id}`)}: ${value}`]
  return [
    formatText(language, "mail.forward.mark"),
    ...line("from", person({ name, address })),
    ...line("date", `${when.format(sentAt)} UTC`),
    ...line("subject", subject ?? ""),
    ...line("to", visible.join(", ")),
    "",
    content.trim(),
  ].join("\n")
}

function person({ name, address }: { name: string; address: string }): string {
  if (address === "") return name
  return name === "" ? address : `${name} <${address}>`
}
