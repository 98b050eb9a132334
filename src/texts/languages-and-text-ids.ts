// One catalogue for every text a person reads: the web, the chat, mails and decisions in words.
// Texts are ICU messages with {named} placeholders; English is the shape, every other language satisfies it.
import type { en } from "./en.ts"

export const languages = ["es", "en"] as const
export type Language = (typeof languages)[number]
export type Texts = typeof en
export type TextId = keyof Texts
export type Catalogue = Record<TextId, string>

/** What Intl is given: Spanish is the Spanish of Latin America. */
export const locales: Record<Language, string> = { es: "es-419", en: "en" }

/** Which of our languages a tag such as es-CO means; null when we do not speak it. */
export function supportedLanguage(tag: string | null | undefined): Language | null {
  const base = tag?.toLowerCase().split("-")[0]
  return languages.find((language) => language === base) ?? null
}

export function languageOrDefault(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("en") ? "en" : "es"
}

/** The first language of a browser's `Accept-Language` that we speak. */
export function acceptedLanguage(header: string | undefined): Language {
  const tags = (header ?? "").split(",").map((one) => one.trim().split(";")[0])
  return languageOrDefault(tags.find((tag) => supportedLanguage(tag) !== null))
}

/** The text of a decision: one code may be said in several ways, by what it measured from or by what set its window. */
export function decisionTextId(code: string, inputs: Record<string, unknown>, has: (id: string) => boolean): string {
  const ways = [inputs["measuredFrom"], inputs["windowOf"]].map((way) => `why.${code}.${String(way)}`)
  return ways.find(has) ?? `why.${code}`
}

/** What that text may name: the inputs of the decision, and the minutes that an SLA policy grants as working time. */
export const decisionTextValues = ({ minutes, ...inputs }: Record<string, unknown>): Record<string, unknown> =>
  minutes === undefined ? inputs : { ...inputs, workingMinutes: minutes }
