// Reads a text as a person would: full-width and Arabic digits are digits, invisible characters are nothing, every dash is
// a dash, and what is escaped for an address, a page or a mail is what it stands for. Each place of the folded text knows
// where it comes from, so that what is found there can be taken out of the original.
import { boundedMemo } from "#kernel/bounded-memo.ts"

export type FoldedText = {
  text: string
  /** For each character of `text`, the offset in the original where it begins, and where it ends. */
  from: number[]
  to: number[]
}

export function foldText(original: string): FoldedText {
  const folded: FoldedText = { text: "", from: [], to: [] }
  for (let at = 0; at < original.length;) {
    const [length, meant] = escaped(original, at) ?? plain(original, at)
    for (const char of asciiOf(meant)) {
      folded.text += char
      for (let unit = 0; unit < char.length; unit++) {
        folded.from.push(at)
        folded.to.push(at + length)
      }
    }
    at += length
  }
  return folded
}

function plain(original: string, at: number): [number, string] {
  const char = String.fromCodePoint(original.codePointAt(at)!)
  return [char.length, char]
}

const named: Record<string, string> = { nbsp: " ", plus: "+", lpar: "(", rpar: ")", hyphen: "-", period: "." }
const escapes = /%([0-9a-f]{2})|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&([a-z]{4,6});|=([23][0-9a-f])|=\r?\n(?=[\d\s(+-])/iy

/** `%2B`, `&#43;`, `&nbsp;`, `=2B`: what it stands for, and how long it is. */
function escaped(original: string, at: number): [number, string] | null {
  const first = original[at]
  if (first !== "%" && first !== "&" && first !== "=") return null
  escapes.lastIndex = at
  const match = escapes.exec(original)
  if (!match) return null
  const [all, url, decimal, hex, name, printable] = match
  if (name !== undefined) return name.toLowerCase() in named ? [all.length, named[name.toLowerCase()]!] : null
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(url ?? hex ?? printable ?? "", 16)
  if (Number.isNaN(code)) return [all.length, ""]
  return code <= 0x10_ff_ff ? [all.length, String.fromCodePoint(code)] : null
}

// Characters that are not seen: joiners, marks of direction, soft hyphens, variation selectors, combining marks.
const unseen = /\p{Cf}|\p{Mn}|\p{Me}|\u034F|\u115F|\u1160|\u3164|\uFFA0/u

const asciiOfOther = boundedMemo(5_000, readAsAscii)

function asciiOf(char: string): string {
  if (char < "\u007F") return /[\t\n\v\f\r]/.test(char) ? " " : char
  return asciiOfOther(char)
}

function readAsAscii(char: string): string {
  if (unseen.test(char)) return ""
  return [...char.normalize("NFKD")]
    .map((one) => {
      if (unseen.test(one)) return ""
      if (/\p{Nd}/u.test(one)) return digitOf(one)
      if (/\p{Pd}|[\u2212\u02D7\u2043\u30FC]/u.test(one)) return "-"
      if (/[\p{Z}\p{Cc}]/u.test(one)) return " "
      return /[\u00B7\u2022\u2027\u2219\u22C5\u3002\uFF61]/.test(one) ? "." : one
    })
    .join("")
}

// Digits of every script stand in runs of ten that begin with their zero.
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!
  if (code >= 48 && code <= 57) return digit
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}
