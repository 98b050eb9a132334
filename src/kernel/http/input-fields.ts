import { z } from "zod"
import { isMailable } from "../mail/mail-address.ts"

// PostgreSQL stores neither NUL nor half a surrogate pair. What a person wrote is kept, only those are mended.
const storable = (text: string) => text.toWellFormed().replaceAll("\0", "")

/** Text of at most `max` UTF-16 units, made safe to store. `min` counts after trimming. */
export function plainText(max: number, min = 0) {
  return z
    .string()
    .max(max, `must be at most ${max} characters`)
    .transform(storable)
    .refine((text) => min === 0 || text.trim().length >= min, {
      message: min === 1 ? "must not be empty" : `must be at least ${min} characters`,
    })
}

// What spreadsheets, mails and terminals end a line with, and what else nobody sees of a name.
const lineEnds = /[\p{Cc}\u2028\u2029]+/gu

/** A name from outside, where nobody can be asked to write it again: all of it in one line, of at most `max` UTF-16 units. */
export const foldedLine = (text: string, max: number): string =>
  storable(text).replaceAll(lineEnds, " ").trim().slice(0, max).toWellFormed()

/** A name, a subject, a tag: text of one line. Line ends and other control characters become blanks, those around it go. */
export function oneLine(max: number, min = 0) {
  return z
    .string()
    .max(max, `must be at most ${max} characters`)
    .transform((text) => foldedLine(text, max))
    .refine((text) => text.length >= min, {
      message: min === 1 ? "must not be empty" : `must be at least ${min} characters`,
    })
}

/** An address that mails can go to, in small letters. */
export const mailableAddress = (example = "carla@example.com") =>
  z
    .string()
    .max(254, "must be at most 254 characters")
    .transform((text) => text.trim().toLowerCase())
    .refine(isMailable, `must be an e-mail address such as ${example}`)

const fieldValue = z.union([plainText(2_000), z.number(), z.boolean(), z.null(), z.array(plainText(200)).max(50)])

/** An object of at most `most` keys, counted before any of them is looked at. */
export function recordOf<K extends z.core.$ZodRecordKey, V extends z.core.SomeType>(key: K, value: V, most: number) {
  return z
    .looseObject({})
    .refine((fields) => Object.keys(fields).length <= most, `must be at most ${most} fields`)
    .pipe(z.record(key, value))
}

/** Fields that a desk names itself. */
export const fieldValues = recordOf(plainText(100, 1), fieldValue, 100)

/** An instant as ISO 8601 with an offset; years 1970 to 9999, so that every database and clock can hold it. */
export const instant = z.iso
  .datetime({ offset: true, error: "must be an instant such as 2026-11-22T09:30:00Z", abort: true })
  .refine((text) => text >= "1970" && !Number.isNaN(Date.parse(text)), "must be an instant after 1970")
  .transform((text) => new Date(text))

/** One value or several, as a repeated query parameter gives them. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(100).optional(),
  )
}

/** A time zone by its IANA name. */
export const timezone = z.string().max(60).refine(isTimezone, "must be a time zone such as America/Bogota")

function isTimezone(text: string): boolean {
  try {
    return /^[A-Za-z]/.test(text) && new Intl.DateTimeFormat("en", { timeZone: text }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

export const flag = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true")

/** The body of a POST whose address says it all: none, or an empty object. */
export const noFields = z.strictObject({}).nullish()

/** The answer without content (204). JSON knows no nothing, so it is written down as null. */
export const noContent: z.ZodType<void> = z.null() as never
