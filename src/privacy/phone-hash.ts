import { parsePhoneNumberFromString } from "libphonenumber-js/min"
import type { Secrets } from "#kernel/secrets.ts"
import { foldText } from "./fold-disguised-text.ts"

/**
 * The one form in which a number is kept where it may not be read: keyed with what is not in the database, so that a copy
 * of the database alone cannot even confirm a guess. Null for what is not a number.
 */
export function phoneHash(secrets: Pick<Secrets, "hash">, phone: string): string | null {
  const e164 = e164Of(phone)
  return e164 === null ? null : secrets.hash(`phone ${e164}`)
}

/** A number without a country's code is dialled at home, in Colombia. Mexico's 521 and Argentina's 54 without 9 are one mobile. */
export function e164Of(phone: string): string | null {
  const { text } = foldText(phone)
  const digits = text.replaceAll(/\D/g, "").replace(/^00/, "")
  if (digits.length < 7 || digits.length > 15) return null
  if (/^573[0-5]\d{8}$/.test(digits)) return `+${digits}`
  const isForeign = /^\s*\(?\s*(\+|00)/.test(text) || digits.length > 10
  const parsed = parsePhoneNumberFromString(isForeign ? `+${digits}` : digits, "CO")
  return onePerPerson(parsed?.number ?? `+${digits}`)
}

const onePerPerson = (e164: string) =>
  e164.replace(/^\+521(?=\d{10}$)/, "+52").replace(/^\+54(?=11[2-7]\d{7}$)/, "+549")

/** Is it a hash of ours, and not digits that somebody calls one? */
export const isPhoneHash = (text: string) => /^(?:ph_)?(?=.*[a-f])[0-9a-f]{32,64}$/.test(text)
