import { plainTextOf } from "#markdown/index.ts"
import { customerEmailSubject } from "#tickets/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"

export type CustomerEmail = {
  number: string
  subject: string
  /** How it ended; null when the end was mailed before, or was taken back. */
  ended: "resolved" | "closed" | null
  resolution: string | null
  replies: { name: string | null; content: string; files: string[] }[]
  /** False: nobody has shown that the address is theirs, so that the mail names the ticket, and nothing that anybody wrote. */
  isQuotable: boolean
}

/** What the mail says; null when nothing is left to say. Nobody outside but the reader wrote a word of it. */
export function composeCustomerEmail(
  language: Language,
  news: CustomerEmail,
  link: string,
): { subject: string; text: string; answerableText?: string } | null {
  const subject = customerEmailSubject(language, news, news)
  if (!news.isQuotable) return activityText(language, subject, news, link)
  const parts = [...news.replies.map((reply) => replyText(language, reply)), ...endText(language, news)]
  if (parts.length === 0) return null
  const withLink = (id: "mail.update.link" | "mail.update.answerable") =>
    [...parts, formatText(language, id, { link })].join("\n\n")
  return { subject, text: withLink("mail.update.link"), answerableText: withLink("mail.update.answerable") }
}

function activityText(language: Language, subject: string, { number, ended, replies }: CustomerEmail, link: string) {
  if (replies.length === 0 && ended === null) return null
  return { subject, text: formatText(language, "mail.activity.text", { number, link }) }
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
