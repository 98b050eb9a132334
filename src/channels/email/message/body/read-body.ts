// What a mail says, as text and as HTML, and which part of it is folded.
import { htmlToText } from "#kernel/parsing/html-to-text.ts"
import { cleanText } from "../clean-text.ts"
import { longestText, type MailFile, type MailProblem, type ReadMail } from "../read-mail.ts"
import { foldHtml } from "./fold-html.ts"
import { foldText } from "./fold-text.ts"
import { forwardedFrom } from "./forwarded-from.ts"
import { sanitizeMailHtml } from "./sanitize-mail-html.ts"

// Ten times a long newsletter; and five times of what is left of it, which is sanitised again whenever it is shown.
const longestHtml = 2_000_000
const longestSanitized = 500_000

type Body = Pick<
  ReadMail,
  | "text"
  | "visibleText"
  | "foldedFrom"
  | "quoteFrom"
  | "signature"
  | "html"
  | "hasRemoteImages"
  | "hasFoldedHtml"
  | "forwardedFrom"
  | "problems"
>

/** Marks those of the files that the HTML shows. The text part is the text, unless there is none. */
export function readBody(
  { text: given, html: givenHtml }: { text: string; html: string | null | undefined },
  reply: { isReply: boolean; isForward: boolean },
  files: MailFile[],
): Body {
  const problems: MailProblem[] = []
  const html = givenHtml ? cleanText(givenHtml) : null
  const sanitized = html === null || html.length > longestHtml ? null : sanitizeMailHtml(html, findFile(files))
  const isShown = sanitized !== null && sanitized.length <= longestSanitized
  if (html !== null && !isShown) {
    problems.push("html_too_long")
    for (const file of files) file.isShownInline = false
  }
  const folded = isShown ? foldHtml(sanitized, reply) : null
  const plain = lines(cleanText(given))
  const whole = plain.trim() !== "" ? plain : (folded?.text ?? htmlToText((html ?? "").slice(0, longestHtml)))
  if (whole.length > longestText) problems.push("text_too_long")
  const text = cleanText(whole.slice(0, longestText))
  return {
    text,
    ...foldText(text, reply),
    html: folded?.html ?? null,
    hasRemoteImages: folded?.html.includes("<img data-remote=") ?? false,
    hasFoldedHtml: folded?.isFolded ?? false,
    forwardedFrom: forwardedFrom(text, reply.isForward),
    problems,
  }
}

/** Trimmed, so that offsets hold wherever a text's ends are trimmed once more. */
const lines = (text: string) => text.replaceAll(/\r\n?/g, "\n").replaceAll("\u00A0", " ").trim()

/** A file of the mail by `cid:` and its Content-ID, by the bare Content-ID, or by its name: programs write all three. */
const findFile = (files: MailFile[]) => (reference: string) => {
  const key = decoded(reference.replace(/^cid:/i, "")).trim().toLowerCase()
  if (key === "" || key.includes("//")) return null
  const by = (of: (file: MailFile) => string | null) => files.findIndex((file) => of(file)?.toLowerCase() === key)
  const index = [by(({ contentId }) => contentId), by(({ name }) => name)].find((at) => at >= 0)
  if (index === undefined || !files[index]!.mimeType.startsWith("image/")) return null
  files[index]!.isShownInline = true
  return index
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}
