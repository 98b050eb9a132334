// How people are found: by the words of their name and of their addresses, and by digits of their numbers. What they are
// found by is kept by the database (`contact_texts`, and `ticket_texts` for their tickets).
import { normalizeDigits } from "#kernel/parsing/typed-text.ts"
import type { Param } from "#kernel/db.ts"
import { parsePhone } from "#privacy/index.ts"
import { identityOf } from "./identities/normalize-address.ts"

// The same signs as in the database's search_text().
const between =
  /[^0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\u{10000}-\u{1efff}\u{20000}-\u{3ffff}]+/u

/** The words of what somebody typed into a search, folded as the database folds what is stored. */
export function searchedWords(text: string): string[] {
  return normalizeDigits(text.normalize("NFKD"))
    .replace(/[\u0300-\u036f]+/g, "")
    .toLowerCase()
    .split(between)
    .filter(Boolean)
}

const fewestDigits = 6

/**
 * Who is meant besides by the words one by one: `numbers` (digits) when the text is written like a number, and `joined`, its
 * words when apostrophes and hyphens are nothing, when it has any.
 */
export type ContactQuery = { numbers: string[]; joined: string[] }

/** `country`: the desk's; local numbers are read as its own. */
export function parseContactQuery(text: string, country: string | null): ContactQuery {
  const joined = text.replace(/(?<=\p{L})['’‘ʼ`´\p{Pd}](?=\p{L})/gu, "")
  return { numbers: searchedNumbers(text, country), joined: joined === text ? [] : searchedWords(joined) }
}

// A number's equivalents are among them (Mexico's 1, Argentina's 9, Brazil's ninth digit), and what it is in the country.
function searchedNumbers(text: string, country: string | null): string[] {
  const typed = normalizeDigits(text.normalize("NFKD")).replace(/[\p{Cf}\p{Mn}]/gu, "")
  const digits = typed.replace(/\D/g, "")
  if (!/^\s*(tel:)?[\s\d+()./\p{Pd}]+$/iu.test(typed) || digits.length < fewestDigits || digits.length > 20) return []
  const read = [text, parsePhone(text, country)?.number ?? ""].map((one) =>
    identityOf(one, { kind: "phone", scope: "" }),
  )
  const known = read
    .flatMap((one) => (one ? [one.value, ...one.also] : []))
    .map((value) => value.replace(/;.*|\D/g, ""))
  const careless = known.flatMap((value) => (/^54[1-8]\d{9}$/.test(value) ? [value.replace("54", "549")] : []))
  return [...new Set([digits, digits.replace(/^0+/, ""), ...known, ...careless])].filter(
    (number) => number.length >= fewestDigits && number.length <= 15,
  )
}

/** The tsquery of who is meant so, null when nobody is. */
export function contactQuerySql(p: Param, { numbers, joined }: ContactQuery): string | null {
  const ways = [
    ...numbers.map((number) => personSql(p, number, true)),
    ...(joined.length > 0 ? [`(${joined.map((word) => personSql(p, word, word.length > 2)).join(" && ")})`] : []),
  ]
  return ways.length > 0 ? ways.join(" || ") : null
}

/** The tsquery of one word as people are found by it; `isBeginning`: longer words that begin so are meant too. */
export const personSql = (p: Param, word: string, isBeginning: boolean) => `search_person(${p(word)}, ${isBeginning})`

const mostWords = 16

/** The condition over `x`, a row of contact_texts, of who is meant. False for a text without a word. */
export function contactQueryCondition(p: Param, text: string, meant: ContactQuery): string {
  const words = [...new Set(searchedWords(text))].slice(0, mostWords)
  if (words.length === 0) return "false"
  // A number is looked for whole: three digits begin half of all.
  const all = meant.numbers.length > 0 ? [] : [words.map((word) => personSql(p, word, true)).join(" && ")]
  return `x.words @@ (${[...all, contactQuerySql(p, meant)].filter(Boolean).join(" || ")})`
}
