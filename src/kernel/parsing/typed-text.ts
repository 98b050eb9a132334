// Text as people type it, whatever their keyboard. Pure.

/** As a person meant to type it: full-width forms as ASCII, foreign digits as ours, without marks that cannot be seen. */
export function typedText(raw: string): string {
  return normalizeDigits(raw.toWellFormed())
    .replace(/[\p{Cf}\u034f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, "")
    .replace(/[\p{Cc}\p{Zs}]/gu, " ")
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .trim()
}

// The zeros of the scripts whose digits search_text() knows too.
const zeros = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
  0x1810,
]

/** Digits of other scripts as 0 to 9. */
export function normalizeDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0)!
    const zero = zeros.find((from) => code >= from && code < from + 10)
    return zero === undefined ? digit : String(code - zero)
  })
}
