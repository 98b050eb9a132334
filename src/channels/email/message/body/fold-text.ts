// A mail's plain text, and the part of it that is shown at first.
import { foldLines, type MailLine } from "./fold-lines.ts"

export type FoldedText = {
  visibleText: string
  foldedFrom: number
  quoteFrom: number | null
  signature: string
}

/** Offsets are in characters of `text`, whose lines end in `\n`. */
export function foldText(text: string, reply: { isReply: boolean; isForward: boolean }): FoldedText {
  const lines = text.split("\n")
  const { signatureFrom, quoteFrom } = foldLines(lines.map(textLine), reply)
  const starts = lineStarts(lines)
  const startOf = (line: number) => starts[line] ?? text.length
  const signature = text.slice(startOf(signatureFrom), startOf(quoteFrom))
  return {
    visibleText: withoutBlankEnds(text.slice(0, startOf(signatureFrom))),
    foldedFrom: startOf(signatureFrom),
    quoteFrom: quoteFrom < lines.length ? startOf(quoteFrom) : null,
    signature: withoutBlankEnds(signature)
      .replace(/^--[ \t]*\n/, "")
      .trim(),
  }
}

const textLine = (text: string): MailLine => ({ text, isQuoted: /^[ \t]{0,3}>/.test(text), isSignature: false })

function lineStarts(lines: readonly string[]): number[] {
  let at = 0
  return lines.map((line) => {
    const start = at
    at += line.length + 1
    return start
  })
}

/** Blank lines at its ends and blanks at the end of its lines say nothing. */
function withoutBlankEnds(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd())
  const first = lines.findIndex((line) => line !== "")
  const last = lines.findLastIndex((line) => line !== "")
  return first < 0 ? "" : lines.slice(first, last + 1).join("\n")
}
