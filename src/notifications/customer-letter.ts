import { plainTextOf } from "#markdown/index.ts"
import type { Language } from "#texts/contract.ts"
import { say } from "#texts/say.ts"

export type News = {
  number: string
  subject: string
  /** How it ended; null when the end is old news, or was taken back. */
  ended: "resolved" | "closed" | null
  resolution: string | null
  replies: { name: string | null; content: string; files: string[] }[]
}

/** What the mail says; null when nothing is left to tell. Nobody outside but the reader wrote a word of it. */
export function newsLetter(language: Language, news: News, link: string): { subject: string; text: string } | null {
  const parts = [...news.replies.map((reply) => replyText(language, reply)), ...endText(language, news)]
  if (parts.length === 0) return null
  return {
    subject: say(language, "mail.news.subject", news),
    text: [...parts, say(language, "mail.news.link", { link })].join("\n\n"),
  }
}

function replyText(language: Language, { name, content, files }: News["replies"][number]): string {
  const answered = say(language, "mail.news.reply", {
    name: name ?? say(language, "my.us"),
    text: plainTextOf(content),
  })
  return files.length === 0
    ? answered
    : `${answered.trimEnd()}\n\n${say(language, "mail.news.files", { names: files.join(", ") })}`
}

function endText(language: Language, { ended, resolution }: News): string[] {
  return ended === null ? [] : [say(language, `mail.news.${ended}`), ...(resolution ? [resolution] : [])]
}
