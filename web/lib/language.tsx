import { setupI18n } from "@lingui/core"
import { I18nProvider, useLingui } from "@lingui/react"
import type { ReactNode } from "react"
import {
  languageOrDefault,
  locales,
  type Catalogue,
  type Language,
  type TextId,
} from "#texts/languages-and-text-ids.ts"
import { compileText } from "./compile-icu-message.ts"
import { writeLocalStorage, readLocalStorage } from "./local-storage.ts"
import { memoizeByArguments } from "./memoize-by-arguments.ts"

export type TextValues = Record<string, string | number>
export type Translate = (id: TextId, values?: TextValues) => string

const i18n = setupI18n()
// Each text is parsed once, not each time that it is said.
i18n.setMessagesCompiler(memoizeByArguments(compileText))

export type Catalogues = Record<Language, () => Promise<Partial<Catalogue>>>

const ofStaff: Catalogues = {
  en: async () => (await import("#texts/staff-en.ts")).staffEn,
  es: async () => (await import("#texts/staff-es.ts")).staffEs,
}
const ofCustomers: Catalogues = {
  en: async () => (await import("#texts/portal-en.ts")).portalEn,
  es: async () => (await import("#texts/portal-es.ts")).portalEs,
}
/** Whether an address of ours is in the customers' portal, which has texts of its own. */
export const isInPortal = (address: string): boolean => /^\/my([/?#]|$)/.test(address)

// By the address at which the page began: from the one side to the other the page begins anew.
const catalogues = isInPortal(globalThis.location?.pathname ?? "/") ? ofCustomers : ofStaff

const added = new Set<Catalogues>()

/** Texts that come with the screens that say them, in the language of now and in each that is chosen later. */
export async function addTexts(texts: Catalogues) {
  added.add(texts)
  const language = languageOrDefault(i18n.locale)
  i18n.load(language, await texts[language]())
}

/** The language to begin with: the one chosen here before, else the browser's. */
export const initialLanguage = () => languageOrDefault(readLocalStorage("language") ?? navigator.language)

export async function loadLanguage(language: Language) {
  for (const texts of [catalogues, ...added]) i18n.load(language, await texts[language]())
  i18n.activate(language, locales[language])
  document.documentElement.lang = locales[language]
  writeLocalStorage("language", language)
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>
}

export function useTexts(): {
  t: Translate
  language: Language
  has: (id: string) => id is TextId
  raw: (id: TextId) => string
} {
  const { i18n: current } = useLingui()
  return {
    t: (id, values) => current._(id, values ?? {}),
    language: languageOrDefault(current.locale),
    has: (id): id is TextId => Object.hasOwn(current.messages, id),
    raw: (id) => String(current.messages[id]),
  }
}
