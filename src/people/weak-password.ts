// What anybody would try first: a few characters over and over, and the account's own e-mail or name.

export const fewestDifferent = 6

export const weaknesses = {
  too_simple: `must have at least ${fewestDifferent} different characters`,
  too_personal: "must be more than the account's own e-mail or name",
} as const

type Weakness = keyof typeof weaknesses
export type Whose = { email: string; name: string }

/** What is wrong with the password of this account, or null. Words of the e-mail and of the name count for nothing. */
export function weaknessOf(password: string, { email, name }: Whose): Weakness | null {
  if (isTooSimple(password)) return "too_simple"
  const own = wordsOf(`${email} ${name}`).toSorted((a, b) => b.length - a.length)
  const left = own.reduce((text, word) => text.replaceAll(word, ""), folded(password))
  return isTooSimple(left) ? "too_personal" : null
}

export const isTooSimple = (password: string) => new Set(folded(password)).size < fewestDifferent

// Shorter ones stand in many words.
const shortestWord = 3
const wordsOf = (text: string) =>
  folded(text)
    .match(/[\p{L}\p{N}]+/gu)
    ?.filter((w) => w.length >= shortestWord) ?? []

const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
