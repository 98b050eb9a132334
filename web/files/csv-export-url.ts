import { queryString } from "../lib/api-client.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"

/** Where the browser fetches the same list as CSV, for a spreadsheet on this machine; it comes as a download, so the page stays. */
export const csvExportUrl = (
  list: "tickets" | "incidents",
  filter: Parameters<typeof queryString>[0],
  language: Language,
) => `/api/v1/${list}/export${queryString({ ...filter, locale: localeHere(language) })}`

/** The language of the screen, as it is written where the browser says that it is; else the desk's country decides. */
const localeHere = (language: Language) =>
  navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language
