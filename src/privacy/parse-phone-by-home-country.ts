// What a person typed or imported as a phone number.
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min"
import { foldText } from "./fold-disguised-text.ts"

/** `number`: E.164, with `;ext=` when there is one. `country`: two letters, null where several share a code. */
export type ParsedPhone = { number: string; country: string | null; isLocal: boolean }

const longest = 100

/**
 * With `+` or `00` it is international. Without them it is read as one of `home` (the desk's country, null: none is set) and
 * must be one that exists there. Null when it cannot be read: no country is guessed.
 */
export function parsePhone(text: string, home: string | null): ParsedPhone | null {
  if (text.length > longest) return null
  const typed = foldText(text).text.trim().replace(/^tel:/i, "")
  const isLocal = !/^\(?\s*(\+|00)/.test(typed)
  if (isLocal && (home === null || !isSupportedCountry(home))) return null
  const written = isLocal ? typed : typed.replace(/^(\(?)\s*00/, "$1+").replace(/^\(\s*\+([\d\s]+)\)/, "+$1 ")
  const read = isLocal
    ? parsePhoneNumberFromString(written, { defaultCountry: home as CountryCode, extract: false })
    : international(written)
  if (!read || !(isLocal ? read.isValid() : read.isPossible())) return null
  return { number: read.number + (read.ext ? `;ext=${read.ext}` : ""), country: read.country ?? null, isLocal }
}

// Mexico's old 1 and trunk prefixes after 52 are no part of a number any more.
function international(written: string) {
  const read = parsePhoneNumberFromString(written, { extract: false })
  const mexican = /^\+52(?:1|01|044|045)(\d{10})$/.exec(read?.number ?? "")
  return mexican ? parsePhoneNumberFromString(`+52${mexican[1]}`) : read
}

/** What must be different, of a phone that could not be read. */
export const phoneRefusal = (home: string | null) =>
  home === null
    ? "must begin with + and the code of its country, for the setting desk.country names none"
    : `must be a number of ${home}, or begin with + and the code of its country`
