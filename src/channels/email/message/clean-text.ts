// Characters that PostgreSQL or UTF-8 cannot keep are no part of any text of a mail.

/** Without NUL and lone surrogates. */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.replaceAll(/\p{Surrogate}/gu, "")
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "") : wellFormed
}

/** The same in one line, at most `longest` characters. */
export function cleanLine(text: string, longest: number): string {
  const line = cleanText(text.slice(0, longest * 4))
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim()
  return cleanText(line.slice(0, longest))
}
