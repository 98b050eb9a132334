// Texts that were read in the wrong encoding, once or twice ("mÃ³vil"): put back when that gives a text again.

// What Windows-1252 has in the place of the control characters of Latin-1.
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ"
const suspicious = /[ÂÃâ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/

export function repairEncoding(text: string): string {
  let now = text
  for (let again = 0; again < 3 && suspicious.test(now); again++) {
    const next = reread(now)
    if (next === null) break
    now = next
  }
  return now
}

function reread(text: string): string | null {
  const bytes = [...text].map((char) => {
    const code = char.codePointAt(0)!
    return code <= 0xff ? code : 0x80 + windows.indexOf(char)
  })
  if (bytes.some((byte, i) => byte < 0x80 && text.charCodeAt(i) > 0xff)) return null
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}
