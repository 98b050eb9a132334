// Telephone numbers that are planted and must never be found again, and the judge who looks for them. The judge knows the
// digits; it does not guess by patterns.

/** A number as its country writes it: code, national groups and, where there is one, the trunk prefix. */
export type PlantedNumber = { code: string; groups: string[]; trunk: string }

const digits = (seed: number, length: number) => String((seed * 48_271 + 11) % 10 ** length).padStart(length, "0")
const pick = <T>(list: readonly T[], seed: number) => list[seed % list.length]!

/** Mobiles and some landlines of each country, by a seed. */
export const numbers: Record<string, (seed: number) => PlantedNumber> = {
  CO: (s) => ({
    code: "57",
    trunk: "",
    groups: [pick(["300", "301", "310", "315", "320", "350"], s), digits(s, 3), digits(s + 7, 4)],
  }),
  "CO landline": (s) => ({
    code: "57",
    trunk: "",
    groups: [pick(["601", "602", "604", "605"], s), pick(["2", "3", "4", "7"], s) + digits(s, 2), digits(s + 7, 4)],
  }),
  AR: (s) => ({
    code: "54",
    trunk: "0",
    groups: ["11", pick(["2", "3", "4", "5", "6"], s) + digits(s, 3), digits(s + 7, 4)],
  }),
  MX: (s) => ({ code: "52", trunk: "", groups: [pick(["55", "56", "33", "81"], s), digits(s, 4), digits(s + 7, 4)] }),
  BR: (s) => ({
    code: "55",
    trunk: "",
    groups: [
      pick(["11", "21", "31", "47", "85"], s),
      `9${pick(["4", "5", "6", "7", "8", "9"], s)}${digits(s, 3)}`,
      digits(s + 7, 4),
    ],
  }),
  PE: (s) => ({ code: "51", trunk: "", groups: [`9${digits(s, 2)}`, digits(s + 3, 3), digits(s + 7, 3)] }),
  CL: (s) => ({
    code: "56",
    trunk: "",
    groups: ["9", pick(["4", "5", "6", "7", "8", "9"], s) + digits(s, 3), digits(s + 7, 4)],
  }),
  EC: (s) => ({ code: "593", trunk: "0", groups: [pick(["99", "98", "96", "95"], s), digits(s, 3), digits(s + 7, 4)] }),
  VE: (s) => ({
    code: "58",
    trunk: "0",
    groups: [pick(["412", "414", "416", "424", "426"], s), digits(s, 3), digits(s + 7, 4)],
  }),
}

export const national = ({ groups }: PlantedNumber) => groups.join("")
export const international = (number: PlantedNumber) => `+${number.code}${national(number)}`

const fullWidth = (text: string) => text.replaceAll(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))
const arabic = (text: string) => text.replaceAll(/\d/g, (d) => String.fromCodePoint(0x0660 + Number(d)))
const trunked = (n: PlantedNumber) => [n.trunk + n.groups[0]!, ...n.groups.slice(1)]
const grouped = (n: PlantedNumber, by: string) => trunked(n).join(by)

export const writtenForms: Record<string, (number: PlantedNumber) => string> = {
  international,
  "international, spaced": (n) => `+${n.code} ${n.groups.join(" ")}`,
  "international, hyphens": (n) => `+${n.code}-${n.groups.join("-")}`,
  "international, area in parentheses": (n) => `+${n.code} (${n.groups[0]}) ${n.groups.slice(1).join("-")}`,
  "without the plus": (n) => n.code + national(n),
  "without the plus, spaced": (n) => `${n.code} ${n.groups.join(" ")}`,
  "with 00": (n) => `00${n.code}${national(n)}`,
  "with 00, spaced": (n) => `00 ${n.code} ${n.groups.join(" ")}`,
  "at home, in one piece": (n) => trunked(n).join(""),
  "at home, spaced": (n) => grouped(n, " "),
  "at home, hyphens": (n) => grouped(n, "-"),
  "at home, dots": (n) => grouped(n, "."),
  "at home, slashes": (n) => grouped(n, "/"),
  "at home, underscores": (n) => grouped(n, "_"),
  "area in parentheses": (n) => `(${trunked(n)[0]}) ${n.groups.slice(1).join("-")}`,
  "full width": (n) => fullWidth(trunked(n).join("")),
  "full width, spaced": (n) => fullWidth(`+${n.code} ${n.groups.join("\u3000")}`),
  arabic: (n) => arabic(n.code + national(n)),
  "zero width": (n) => trunked(n).join("\u200B"),
  "zero width between all": (n) => [...international(n)].join("\u200D"),
  "hard spaces": (n) => grouped(n, "\u00A0"),
  "typographic hyphens": (n) => grouped(n, "\u2011"),
  "en dashes": (n) => grouped(n, " \u2013 "),
  "line breaks": (n) => grouped(n, "\n"),
  "windows line breaks": (n) => grouped(n, "\r\n"),
  "digit by digit": (n) => [...trunked(n).join("")].join(" "),
  "tel link": (n) => `tel:${international(n)}`,
  "wa.me link": (n) => `https://wa.me/${n.code}${national(n)}`,
  "chat id": (n) => `${n.code}${national(n)}@c.us`,
  "after a word": (n) => `WhatsApp ${national(n)}`,
  "in an address": (n) => `https://example.com/?p=${encodeURIComponent(international(n))}`,
  "in a page": (n) => `&#43;${n.code}&nbsp;${n.groups.join("&nbsp;")}`,
  base64: (n) => btoa(international(n)),
}

/** Decodes whatever a text may be wrapped in, and looks for the last seven digits of the number. */
export function canary(number: PlantedNumber): (text: string) => boolean {
  const last = national(number).slice(-7)
  return (text) => digitsOf(text).includes(last)
}

/** Looks through whatever a text may be wrapped in for one of these numbers as it is dialled at home, and gives it. */
export function findPlanted(planted: readonly PlantedNumber[]): (text: string) => string | null {
  const all = new Set(planted.map(national))
  const lengths = [...new Set([...all].map(({ length }) => length))]
  return (text) => {
    for (const [run] of digitsOf(text).matchAll(/\d{7,}/g)) {
      for (let at = 0; at < run.length; at++) {
        const found = lengths.map((length) => run.slice(at, at + length)).find((digits) => all.has(digits))
        if (found !== undefined) return found
      }
    }
    return null
  }
}

/** Every digit of a text in a row, after all that hides digits was taken away. Other characters break the row. */
export function digitsOf(text: string): string {
  const opened = [text, ...[...text.matchAll(/[A-Za-z0-9+/]{12,}={0,2}/g)].flatMap(([token]) => unwrapped(token))].join(
    "|",
  )
  return decoded(opened)
    .normalize("NFKC")
    .replaceAll(/[\p{Cf}\p{Mn}]/gu, "")
    .replaceAll(/\p{Nd}/gu, (digit) => String(ascii(digit)))
    .replaceAll(/[\s().+/_\p{Pd}\u2212]/gu, "")
}

function unwrapped(token: string): string[] {
  try {
    const text = atob(token)
    return /^[\x20-\x7E]+$/.test(text) ? [text] : []
  } catch {
    return []
  }
}

const decoded = (text: string) =>
  text
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll("&nbsp;", " ")

function ascii(digit: string): number {
  const code = digit.codePointAt(0)!
  if (code < 128) return Number(digit)
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return code - zero
}

/** Tracking numbers as the carriers give them: leading zeros, ten to thirteen digits, some with letters. */
export function shipmentNumber(seed: number): string {
  const make = pick(
    [
      () => `0141${digits(seed, 8)}`,
      () => `2400${digits(seed, 8)}`,
      () => `7001${digits(seed, 8)}`,
      () => `22${digits(seed, 8)}`,
      () => `86${digits(seed, 9)}`,
      () => `615${digits(seed, 6)}0`,
      () => `MLC-${digits(seed, 8)}`,
    ],
    seed,
  )
  return make()
}
