import type { Language } from "#texts/languages-and-text-ids.ts"
import { memoizeByArguments } from "../memoize-by-arguments.ts"

const names = memoizeByArguments((locale: string) => new Intl.DisplayNames([locale], { type: "language" }))

/** A language's name in the reader's, by its tag ("es-CO"); a tag that is none stays as it is. */
export function languageName(tag: string, reader: Language): string {
  try {
    return names(reader).of(tag) ?? tag
  } catch {
    return tag
  }
}
