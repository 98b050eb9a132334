// Finds what belongs to a person in a text: telephone numbers in every written form, e-mail addresses, identity numbers.
// What only looks like one – tracking numbers, dates, instants, money, ids – is masked first.
import { foldText } from "./fold-disguised-text.ts"
import { isBareNumber, isGroupedNumber } from "./phone-patterns.ts"

export type PersonalKind = "phone" | "email" | "document"
export type PersonalDataMatch = { kind: PersonalKind; start: number; end: number }

/** What is known about the text: tracking numbers that it may name, and numbers that it may not. */
export type KnownNumbers = { guias?: readonly string[]; phones?: readonly string[] }

/** Places in `text`, in order and without overlap, as offsets of the original. */
export function findPersonalData(text: string, known: KnownNumbers = {}): PersonalDataMatch[] {
  const folded = foldText(text)
  const sheet = { text: folded.text, spots: [] as Spot[] }
  const digitsAt = [...folded.text.matchAll(/\d/g)].map(({ index }) => index)
  const isShort = digitsAt.length < 4
  if (!isShort) for (const phone of known.phones ?? []) findKnown(sheet, digitsAt, phone)
  for (const guia of known.guias ?? []) if (mayName(sheet, guia)) setAside(sheet, verbatim(guia))
  findEncoded(sheet)
  if (sheet.text.includes("@"))
    find(sheet, "email", /[\w.+'-]{1,64}@(?!c\.us|s\.whatsapp|g\.us)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g)
  if (!isShort) {
    find(sheet, "document", documents)
    if (hasLongRun(sheet)) {
      for (const shape of harmless) setAside(sheet, shape)
      findNumbers(sheet)
    }
  }
  return sheet.spots
    .map(({ kind, start, end }) => ({ kind, start: folded.from[start]!, end: folded.to[end - 1]! }))
    .toSorted((a, b) => a.start - b.start)
}

export function containsPersonalData(text: string, known?: KnownNumbers): boolean {
  return findPersonalData(text, known).length > 0
}

type Spot = PersonalDataMatch
type Place = Pick<PersonalDataMatch, "start" | "end">
/** The text still to be judged: what was decided about is blotted out. */
type Sheet = { text: string; spots: Spot[] }

/** Takes these places out of what is still to be judged, all in one go: one by one would cost the square of the text. */
function blot(sheet: Sheet, places: readonly Place[]) {
  let [kept, at] = ["", 0]
  for (const { start, end } of places) {
    if (end <= at) continue
    const from = Math.max(start, at)
    kept += sheet.text.slice(at, from) + "\0".repeat(end - from)
    at = end
  }
  sheet.text = kept + sheet.text.slice(at)
}

function note(sheet: Sheet, kind: PersonalKind, places: readonly Place[]) {
  for (const place of places) sheet.spots.push({ kind, ...place })
  blot(sheet, places)
}

const found = (text: string, shape: RegExp): Place[] =>
  [...text.matchAll(shape)].map(({ 0: match, index }) => ({ start: index, end: index + match.length }))

const find = (sheet: Sheet, kind: PersonalKind, shape: RegExp) => note(sheet, kind, found(sheet.text, shape))
const setAside = (sheet: Sheet, shape: RegExp) => blot(sheet, found(sheet.text, shape))

const mayName = (sheet: Sheet, guia: string) => guia !== "" && sheet.text.toUpperCase().includes(guia.toUpperCase())
const verbatim = (guia: string) => new RegExp(`(?<![\\dA-Za-z])${guia.replaceAll(/\W/g, "\\$&")}(?![\\dA-Za-z])`, "gi")

// The number of whom the message was for, however it is spread over the text; its last seven digits are enough. What stands
// before them belongs to it too: an area, a country.
function findKnown(sheet: Sheet, digitsAt: number[], phone: string) {
  const tail = phone.replaceAll(/\D/g, "").slice(-7)
  if (tail.length < 7) return
  const digits = digitsAt.map((at) => sheet.text[at]).join("")
  const places: Place[] = []
  for (let nth = digits.indexOf(tail); nth >= 0; nth = digits.indexOf(tail, nth + 7)) {
    const last = nth + tail.length - 1
    const isOne = Array.from({ length: 6 }, (_, i) => nth + i).every((at) => areNear(sheet, digitsAt, at, 6))
    if (!isOne || (last + 1 < digits.length && digitsAt[last + 1] === digitsAt[last]! + 1)) continue
    let first = nth
    while (first > 0 && nth - first < 9 && areNear(sheet, digitsAt, first - 1, 3)) first--
    places.push({ start: startOf(sheet.text, digitsAt[first]!), end: digitsAt[last]! + 1 })
  }
  note(sheet, "phone", places)
}

/** Are the digit and the next one written as one number: only marks between them, and few? */
function areNear({ text }: Sheet, digitsAt: number[], nth: number, most: number): boolean {
  const between = text.slice(digitsAt[nth]! + 1, digitsAt[nth + 1])
  return between.length <= most && !/[\p{L}\0]/u.test(between)
}

// A number may hide in base64, as mails and tokens carry it. Only what opens as plain text is looked at.
function findEncoded(sheet: Sheet) {
  const places: Place[] = []
  for (const match of sheet.text.matchAll(/(?<![\w+/=-])[A-Za-z0-9+/]{12,400}={0,2}/g)) {
    const bare = match[0].replace(/=+$/, "")
    if (bare.length % 4 === 1 || !/[A-Z]/.test(bare) || !/[a-z]/.test(bare)) continue
    const opened = openedBase64(bare)
    if (opened !== null && containsPersonalData(opened))
      places.push({ start: match.index, end: match.index + match[0].length })
  }
  note(sheet, "phone", places)
}

function openedBase64(token: string): string | null {
  try {
    const opened = atob(token)
    return /^[\x20-\x7E]+$/.test(opened) ? opened : null
  } catch {
    return null
  }
}

// Cédula and the like, by the word before it: a bare number of six to ten digits says nothing.
const documents =
  /\b(?:c\.?c\.?|cedula|dni|ce|ti|pasaporte|identificacion|documento|rut|cpf|curp)\b[\s:.#]{0,3}(?:(?:no|nro|num|numero)\.?[\s:]{0,2})?\d{1,3}(?:[. ]?\d{3}){1,3}(?!\d)/gi

const day = "(?:0?[1-9]|[12]\\d|3[01])"
const month = "(?:0?[1-9]|1[0-2])"
const year = "(?:19|20)\\d\\d"
const clock = "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?"
const zone = "(?:Z|[+-][01]\\d:?[0-5]\\d)?"

const harmless = [
  new RegExp(`(?<![\\d.-])${year}([-/.])${month}\\1${day}(?:[T ]{1,2}${clock}\\s?${zone})?(?!\\d)`, "g"),
  new RegExp(`(?<![\\d.-])${day}([-/.])${month}\\1${year}(?:[T ,]{1,2}${clock})?(?!\\d)`, "g"),
  new RegExp(`(?<![\\d:])${clock}(?![\\d:])`, "g"),
  // 20241229, 20241229100000, seconds and milliseconds since 1970.
  /(?<!\d)20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)/g,
  /(?<![\d+])1[4-9]\d{8}(?:\d{3})?(?![\d])(?!\s{0,8}[-./]?\s{0,8}\d)/g,
  /(?:\$|\b(?:cop|usd|mxn|ars|brl|clp|pen|ves|valor|total|precio|flete|recaudo|s\/)\b)[\s:$]{0,3}\d{1,3}(?:[.,']\d{3})*(?:[.,]\d{1,2})?(?!\d)/gi,
  /(?:\$|\b(?:cop|usd|mxn|ars|brl|clp|pen|valor|total|precio|flete|recaudo)\b)[\s:$]{0,3}\d{1,9}(?![\d])/gi,
  /(?<![\d.])(?!9\d{2}\.\d{3}\.\d{3}(?!\.))\d{1,3}(?:\.\d{3}){2,}(?:,\d{1,2})?(?![.\d])/g,
  // The NIT of a business with its check digit; places on the globe; addresses of machines.
  /(?<!\d)[89]\d{2}\.?\d{3}\.?\d{3}-\d(?!\d)/g,
  /-?\d{1,3}\.\d{4,},\s*-?\d{1,3}\.\d{4,}/g,
  /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])/g,
  // What is called a tracking number is one, when it stands in one piece.
  /\b(?:guias?|tracking|rastreo|remesa|waybill)\b[\s:#.]{0,3}(?:(?:no|nro|num|numero)\.?[\s:]{0,2})?[A-Za-z]{0,4}\d{4,15}(?![\d])(?!\s?[-./]\s?\d)/gi,
  // Ids of machines: letters and digits in turn, hexadecimal, or with a prefix of ours.
  /(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/gi,
  /\bwamid\.[\w=+/-]+/gi,
  /\bTKT-\d{5,9}\b/gi,
  /(?<![\w-])(?!(?:tel|cel|phone|fono|movil|whatsapp)_)[a-z]{2,8}_(?=[\w-]*[a-z])[\w-]{3,}/gi,
  /(?<![\w-])[a-z]{2,8}_\d{1,8}(?![\d])/gi,
  /(?<![\w-])(?=(?:\w*?\d[a-z]){3})[\da-z]{16,}(?![\w-])/gi,
]

const fewestDigits = 7
const gap = "[ \\-./()_*~|\\\\]{1,4}"
const runs = new RegExp(`[+(]{0,3}\\d+(?:${gap}\\d+)*`, "g")
// Words after which digits are a number, whatever their shape.
const cue =
  /(?:\b(?:tel|tels|telf|telefonos?|cel|celular|celulares|movil|mobile|phone|fono|whats\s?app|wsp|wpp|wasap|llamar|llame|llamen|llamada|marcar|contactar|contacto|call|dial)\b|wa\.me\/|phone=|tel:)[^\d\0]{0,24}$/i
const chatSuffix = /^@(?:c\.us|s\.whatsapp\.net|lid)\b/i

const isLong = (run: string) => run.replaceAll(/\D/g, "").length >= fewestDigits

// Most texts end here: masking only makes runs shorter.
const hasLongRun = ({ text }: Sheet) => [...text.matchAll(runs)].some(([run]) => isLong(run))

function findNumbers(sheet: Sheet) {
  const { text } = sheet
  const places: Place[] = []
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (!isLong(run)) continue
    const end = index + run.length
    // What was found is no word that calls the next one.
    const before = text.slice(Math.max(0, index - 48, places.at(-1)?.end ?? 0), index)
    const isCalled = cue.test(before) || chatSuffix.test(text.slice(end, end + 20))
    for (const { start, end } of judge({ text: run, at: index, isCalled }))
      places.push({ start: startOf(text, start), end })
  }
  note(sheet, "phone", places)
}

type Run = { text: string; at: number; isCalled: boolean }
type Group = { digits: string; start: number; end: number; plus: boolean }

/** Takes the longest number that begins at each group, from the left. */
function judge({ text, at, isCalled }: Run): Place[] {
  const groups: Group[] = [...text.matchAll(/\d+/g)].map((match) => ({
    digits: match[0],
    start: at + match.index,
    end: at + match.index + match[0].length,
    plus: /\+[\s(]{0,2}$/.test(text.slice(Math.max(0, match.index - 3), match.index)),
  }))
  const places: Place[] = []
  let called = isCalled
  for (let first = 0; first < groups.length;) {
    const last = longest(groups, first, called)
    if (last === null) first++
    else {
      places.push({ start: groups[first]!.start, end: groups[last]!.end })
      first = last + 1
    }
    called = isCalled && last !== null
  }
  return places
}

const mostGroups = 15
const mostDigits = 17

function longest(groups: Group[], first: number, isCalled: boolean): number | null {
  const { plus } = groups[first]!
  let [digits, widest] = ["", 0]
  let best: number | null = null
  for (let at = first; at < first + mostGroups; at++) {
    const group = groups[at]
    if (!group || (at > first && group.plus) || digits.length + group.digits.length > mostDigits) break
    digits += group.digits
    widest = Math.max(widest, group.digits.length)
    if (digits.length < fewestDigits) continue
    if (isNumber({ digits, widest, isOne: at === first, plus, isCalled })) best = at
  }
  return best
}

type Candidate = { digits: string; widest: number; isOne: boolean; plus: boolean; isCalled: boolean }

function isNumber({ digits, widest, isOne, plus, isCalled }: Candidate): boolean {
  if (plus) return digits.length >= 8 && digits.length <= 15
  if (isCalled && digits.length <= 15) return true
  if (isOne) return isBareNumber(digits)
  return isGroupedNumber(digits, widest)
}

const startOf = (text: string, start: number) =>
  start - (/[+(\s]{0,4}$/.exec(text.slice(Math.max(0, start - 4), start))?.[0].trimStart().length ?? 0)
