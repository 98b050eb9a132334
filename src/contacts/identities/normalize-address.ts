// Which written addresses are one person. Decides by the text alone: who is already known is the store's knowledge.
import { type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/min"
import { normalizeEmail } from "#kernel/mail/normalize-email.ts"
import { typedText } from "#kernel/parsing/typed-text.ts"
import type { IdentityKind } from "../api-contract.ts"

/** `scope` is the connection id, or the portfolio for a BSUID. Without a kind the text says what it is. */
export type IdentityHint = { kind?: IdentityKind | undefined; scope: string }

/** `also`: other values under which the same person may be stored already; `value` goes first. */
export type Identity = { kind: IdentityKind; scope: string; value: string; display?: string; also: readonly string[] }

const longest = 256

/** Null when the text can be nobody's address: empty, too long, or not of the kind it is said to be. */
export function identityOf(raw: string, hint: IdentityHint): Identity | null {
  if (hint.kind === "phone") return phone(raw) ?? bareDigits(raw)
  if (hint.kind === "email") return email(raw)
  if (hint.kind) return opaque(hint.kind, raw, hint.scope)
  return (isInternational(raw) ? phone(raw) : email(raw)) ?? opaque("external", raw, hint.scope)
}

function opaque(kind: IdentityKind, raw: string, scope: string): Identity | null {
  const value = raw.toWellFormed().replaceAll("\0", "").trim()
  return value && value.length <= longest ? { kind, scope, value, also: [] } : null
}

function email(raw: string): Identity | null {
  const known = normalizeEmail(raw)
  return known && { kind: "email", scope: "", ...known, also: [] }
}

// The same people write again and again, and reading a number is the most expensive single step of receiving a message.
const read = new Map<string, Identity | null>()
const remembered = 5_000

function phone(raw: string): Identity | null {
  if (raw.length > longest) return null
  const known = read.get(raw)
  if (known !== undefined) return known
  const found = readPhone(raw)
  if (read.size >= remembered) read.delete(read.keys().next().value!)
  read.set(raw, found)
  return found
}

function readPhone(raw: string): Identity | null {
  const number = parsePhoneNumberFromString(international(raw), { extract: false })
  const known = number && settled(number)
  if (!known?.isPossible()) return null
  // An extension is another desk behind one switchboard, hence another person.
  const ext = number?.ext ?? ""
  const value = known.number + (ext && `;ext=${ext}`)
  const display = known.formatInternational() + (ext && ` ext. ${ext}`)
  return { kind: "phone", scope: "", value, display, also: storedBefore(value) }
}

// Taking off one prefix may lay bare another ("+55 0 0 …"), and what is stored must read as itself.
function settled(number: PhoneNumber): PhoneNumber | undefined {
  const next = parsePhoneNumberFromString(samePhone(number))
  return !next || next.number === number.number ? next : settled(next)
}

// A channel that says "this is a phone" may know numbers that our tables do not (yet): they are kept as they came.
function bareDigits(raw: string): Identity | null {
  if (raw.length > longest) return null
  const digits =
    international(raw)
      .match(/^\+([\d\s().-]+)$/)?.[1]
      ?.replace(/\D/g, "") ?? ""
  return /^\d{3,15}$/.test(digits) ? { kind: "phone", scope: "", value: `+${digits}`, also: [] } : null
}

// Mexico dropped the 1 after 52 (and the trunk prefixes 01, 044, 045) in 2019; some messengers still send it.
// Brazil put a 9 before all mobile numbers by 2016; some messengers keep old accounts without it. Landlines start with 2-5.
function samePhone({ countryCallingCode, nationalNumber, number }: PhoneNumber): string {
  if (countryCallingCode === "52") return number.replace(/^\+52(?:1|01|044|045)(\d{10})$/, "+52$1")
  if (countryCallingCode === "55" && /^[1-9]{2}[6-9]\d{7}$/.test(nationalNumber))
    return `+55${nationalNumber.slice(0, 2)}9${nationalNumber.slice(2)}`
  return number
}

// Argentina: 54 9 is a mobile; the same digits without the 9 are a mobile written carelessly or a landline.
// So a mobile sender joins a contact stored without the 9, but a sender without it never joins a mobile contact.
function storedBefore(value: string): readonly string[] {
  return /^\+549\d{10}$/.test(value) ? [value.replace("+549", "+54")] : []
}

const isInternational = (raw: string) => /^(\+|00)/.test(typedText(raw.slice(0, 2 * longest)))

function international(raw: string): string {
  const text = typedText(raw).replace(/^tel:/i, "")
  return text.startsWith("+") ? text : `+${text.replace(/^00/, "")}`
}
