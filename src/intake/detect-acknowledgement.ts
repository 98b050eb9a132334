// "Gracias", "ok", 👍: words that close a conversation rather than open one.

const longest = 80
// "ok?" waits for an answer: better a ticket too many than a question nobody sees.
const asks = /[?¿？؟]/u

/** Is the text nothing but acknowledgements of the list, in any order, whatever their case, accents and punctuation? */
export function isAcknowledgement(text: string, list: readonly string[]): boolean {
  if (text.length > longest || asks.test(text)) return false
  const phrases = list.map(foldWords).filter((phrase) => phrase !== "")
  let rest = foldWords(text)
  if (rest === "") return false
  while (rest !== "") {
    const phrase = phrases.filter((p) => startsWithPhrase(rest, p)).toSorted((a, b) => b.length - a.length)[0]
    if (phrase === undefined) return false
    rest = rest.slice(phrase.length).trim()
  }
  return true
}

// A word must end where the phrase ends ("oki" is not "ok"); an emoji may touch its neighbour.
function startsWithPhrase(text: string, phrase: string): boolean {
  if (!text.startsWith(phrase)) return false
  const next = text.slice(phrase.length)
  return next === "" || !/^[\p{L}\p{N}]/u.test(next) || !/[\p{L}\p{N}]$/u.test(phrase)
}

/** Lower case without accents, punctuation, skin tones and variation selectors; single spaces. */
export function foldWords(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}|[\u{1F3FB}-\u{1F3FF}]|\uFE0E|\uFE0F|\u200D/gu, "")
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, " ")
    .trim()
}
