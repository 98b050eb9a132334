// A conversation as a mail: who said what and when, as text. Files are named, and open in the chat alone.
import type { Kit } from "#kernel/kit.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { filesOf } from "#files/index.ts"
import { plainTextOf } from "#markdown/index.ts"
import { readSetting } from "#settings/index.ts"
import { formatText } from "#texts/format-text.ts"
import { type Language, locales } from "#texts/languages-and-text-ids.ts"
import { settingsOf } from "../settings.ts"
import { publicMessages, type VisibleMessage } from "./visible-messages.ts"

/** What is older than this many characters of a conversation is left out, which the mail says. */
const longestTranscript = 200_000

/** Null when nothing has been said. */
export async function composeTranscript(
  kit: Kit & { publicUrl: string },
  connection: ConnectionRow,
  { visitorId, language }: { visitorId: string; language: Language },
): Promise<{ subject: string; text: string } | null> {
  const rows = await publicMessages(kit, connection.id, visitorId)
  if (rows.length === 0) return null
  const files = await filesOf(
    kit.db,
    rows.map(({ id }) => id),
  )
  const name = settingsOf(connection).title || connection.name
  const time = timeFormat(language, await readSetting(kit.db, "timezone"))
  const parts = rows.map((row) => {
    const author = row.direction === "in" ? formatText(language, "mail.transcript.you") : (row.author ?? name)
    return said(row, { author, at: time.format(row.sentAt), files: files.get(row.id) ?? [] })
  })
  const kept = newestWithin(parts)
  const cut = kept.length < parts.length ? [formatText(language, "mail.transcript.older")] : []
  const link = formatText(language, "mail.transcript.link", { link: `${kit.publicUrl}/chat/${connection.id}` })
  return {
    subject: formatText(language, "mail.transcript.subject", { name }),
    text: [...cut, ...kept, link].join("\n\n"),
  }
}

const timeFormat = (language: Language, timeZone: string) =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: "medium", timeStyle: "short", timeZone })

type MessageContext = { author: string; at: string; files: { fileName: string }[] }

// Only staff write Markdown; the link that a sealed text holds stays out of it.
function said({ direction, content, contentHtml }: VisibleMessage, { author, at, files }: MessageContext): string {
  const words = direction === "out" && contentHtml !== null ? plainTextOf(content) : content
  const names = files.map(({ fileName }) => `[${fileName}]`)
  return [`${author}, ${at}:`, ...(words.trim() === "" ? [] : [words.trim()]), ...names].join("\n")
}

function newestWithin(parts: string[]): string[] {
  let left = longestTranscript
  const first = parts.findLastIndex((part) => (left -= part.length) < 0)
  return parts.slice(first + 1)
}
