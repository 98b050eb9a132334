// Where the part of a mail begins that its reader knows already: the quote at its end, and the signature before it. Nothing is cut:
// an offset says where the folded part begins. A quote with anything new behind it is not folded, for answers may stand in it.
import {
  beginsAttribution,
  headerLabel,
  isAttribution,
  isDeviceLine,
  isForwardLine,
  isOriginalMessageLine,
  isRule,
} from "./quote-phrases.ts"

/** `isQuoted`: the mail program marked it as somebody else's words. `isSignature`: as the writer's signature. */
export type MailLine = { text: string; isQuoted: boolean; isSignature: boolean }

/** Indexes of lines; both are the number of lines when nothing is folded, and `signatureFrom` ≤ `quoteFrom`. */
export type FoldedLines = { signatureFrom: number; quoteFrom: number }

/** `isReply`: its headers say that the mail answers another; `isForward`: that its reader is to read what it holds. */
export function foldLines(
  lines: readonly MailLine[],
  { isReply, isForward }: { isReply: boolean; isForward: boolean },
): FoldedLines {
  const none = { signatureFrom: lines.length, quoteFrom: lines.length }
  if (isForward || lines.some(({ text, isQuoted }) => !isQuoted && isForwardLine(text))) return none
  const quoteFrom = (isReply ? unmarkedQuote(lines) : null) ?? markedQuote(lines)
  const signatureFrom = signatureStart(lines, quoteFrom)
  if (hasWords(lines, signatureFrom)) return { signatureFrom, quoteFrom }
  // A mail that would show nothing shows all that it has.
  return hasWords(lines, quoteFrom) ? { signatureFrom: quoteFrom, quoteFrom } : none
}

const isBlank = ({ text }: MailLine) => text.trim() === ""
const hasWords = (lines: readonly MailLine[], end: number) => lines.slice(0, end).some((line) => !isBlank(line))

/** A quote that its program did not mark line by line: everything behind the headers of the quoted mail, or behind "Original message". */
function unmarkedQuote(lines: readonly MailLine[]): number | null {
  const at = lines.findIndex(
    (line, i) => !line.isQuoted && (isOriginalMessageLine(line.text) || beginsHeaderBlock(lines, i)),
  )
  // Marked quotes above it are answered one by one.
  if (at < 0 || lines.slice(0, at).some(({ isQuoted }) => isQuoted)) return at < 0 ? null : lines.length
  return startAbove(lines, at, ({ text }) => isRule(text) || isOriginalMessageLine(text))
}

const headerBlockLines = 8

/** Three different headers or more in a row, of which one names the sender; a long header may go on in lines of its own. */
function beginsHeaderBlock(lines: readonly MailLine[], at: number): boolean {
  if (headerLabel(lines[at]!.text) === null) return false
  const found = new Set<string>()
  for (const line of lines.slice(at, at + headerBlockLines)) {
    if (isBlank(line)) break
    const label = headerLabel(line.text)
    if (label) found.add(label)
  }
  return found.size >= 3 && found.has("from")
}

/** The marked lines at the end, with the line that says who wrote them. */
function markedQuote(lines: readonly MailLine[]): number {
  const lastNew = lines.findLastIndex((line) => !line.isQuoted && !isBlank(line))
  const first = lines.findIndex(({ isQuoted }) => isQuoted)
  if (first < 0 || first < attributionStart(lines, lastNew)) return lines.length
  return startAbove(lines, attributionStart(lines, lastNew), ({ text }) => isRule(text))
}

const attributionLines = 4

/** The first line of the attribution that ends with line `last`; `last + 1` when none does. */
function attributionStart(lines: readonly MailLine[], last: number): number {
  let text = ""
  for (let at = last; at >= 0 && at > last - attributionLines; at--) {
    const line = lines[at]!
    if (isBlank(line) || line.isQuoted) break
    text = `${line.text.trim()} ${text}`.trimEnd()
    if (isAttribution(text) && !goesOnAbove(lines, at)) return at
  }
  return last + 1
}

/** "El mié, 3 dic 2025 a las 10:15, Ana (<ana@x.example>)" above "escribió:". */
function goesOnAbove(lines: readonly MailLine[], at: number): boolean {
  const above = lines[at - 1]
  return (
    above !== undefined &&
    !isBlank(above) &&
    !above.isQuoted &&
    beginsAttribution(above.text) &&
    !beginsAttribution(lines[at]!.text)
  )
}

function startAbove(lines: readonly MailLine[], from: number, belongs: (line: MailLine) => boolean): number {
  let at = from
  while (at > 0 && (isBlank(lines[at - 1]!) || belongs(lines[at - 1]!))) at--
  return at
}

// Longer than a signature with its legal notice; what two dashes alone begin may be a part of the text.
const longestSignature = 40
const longestDashedPart = 10

/** The signature that ends where the quote begins. */
function signatureStart(lines: readonly MailLine[], end: number): number {
  const last = lines.slice(0, end).findLastIndex((line) => !isBlank(line))
  if (last < 0) return end
  const separator = lines.findIndex(
    ({ text }, i) =>
      i <= last &&
      (text === "-- " ? last - i <= longestSignature : /^--\s*$/.test(text) && last - i <= longestDashedPart),
  )
  if (separator >= 0) return startAbove(lines, separator, () => false)
  let at = last
  if (isDeviceLine(lines[at]!.text)) return startAbove(lines, at, () => false)
  while (at >= 0 && (lines[at]!.isSignature || isBlank(lines[at]!))) at--
  return at === last ? end : at + 1
}
