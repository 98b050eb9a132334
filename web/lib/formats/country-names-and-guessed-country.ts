import { countries } from "#settings/api-contract.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { regionNames } from "./intl-formats.ts"

/** A country's name in the reader's language, by its two-letter code. */
export const countryName = (code: string, language: Language): string => regionNames(language).of(code) ?? code

/** All of them by name. */
export const countriesByName = (language: Language) =>
  countries
    .map((code) => ({ code, name: countryName(code, language) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language))

const zones: Record<string, string> = {
  "America/Bogota": "CO",
  "America/Mexico_City": "MX",
  "America/Lima": "PE",
  "America/Guayaquil": "EC",
  "America/Santiago": "CL",
  "America/Caracas": "VE",
  "America/La_Paz": "BO",
  "America/Asuncion": "PY",
  "America/Montevideo": "UY",
  "America/Sao_Paulo": "BR",
  "America/Panama": "PA",
  "America/Costa_Rica": "CR",
  "America/Guatemala": "GT",
  "America/Santo_Domingo": "DO",
  "Europe/Madrid": "ES",
}

/** Where the browser seems to be: by its time zone, else by its language's region. Empty when neither says. */
export function guessCountry(zone: string, locale: string): string {
  const region =
    zones[zone] ?? (/^America\/(Argentina|Buenos_Aires)/.test(zone) ? "AR" : new Intl.Locale(locale).region)
  return region && countries.includes(region) ? region : ""
}
