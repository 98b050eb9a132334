import { plainTextOf } from "#markdown/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"

export type CustomerEmail = {
  number: string
  subject: string
  /** How it ended; null when the end was mailed before, or was taken back. */
  ended: "resolved" | "closed" | null
  resolution: string | null
  replies: { name: string | null; content: string; files: string[] }[]
}

/** What the mail says; null when nothing is left to say. Nobody outside but the reader wrote a word of it. */
export function composeCustomerEmail(
  language: Language,
  news: CustomerEmail,
  link: string,
): { subject: string; text: string } | null {
  const parts = [...news.replies.map((reply) => replyText(language, reply)), ...endText(language, news)]
  if (parts.length === 0) return null
  return {
    subject: formatText(language, "mail.update.subject", news),
    text: [...parts, formatText(language, "mail.update.link", { link })].join("\n\n"),
  }
}

function replyText(language: Language, { name, content, files }: CustomerEmail["replies"][number]): string {
  const answered = formatText(language, "mail.update.reply", {
    name: name ?? formatText(language, "portal.support"),
    text: plainTextOf(content),
  })
  return files.length === 0
    ? answered
    : `${answered.trimEnd()}\n\n${formatText(language, "mail.update.files", { names: files.join(", ") })}`
}

function endText(language: Language, { ended, resolution }: CustomerEmail): string[] {
  return ended === null ? [] : [formatText(language, `mail.update.${ended}`), ...(resolution ? [resolution] : [])]
}
