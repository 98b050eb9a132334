// What may be kept of what was sent, and nothing else. Everything that reaches a table of this module went through here.
import { z } from "zod"
import { invalidField } from "#kernel/errors.ts"
import { plainText, recordOf } from "#kernel/http/input-fields.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { foldText, containsPersonalData, isPhoneHash, type KnownNumbers, phoneHash, redact } from "#privacy/index.ts"
import { type Metadata, metadataFields, type MetadataField } from "../api-contract.ts"
import { guiaShape, normalGuia, refShape } from "./guia-format-and-incident-subject.ts"
import { parseCarrierDate } from "../carriers/parse-carrier-date.ts"
import { messageAction } from "./needs-ticket.ts"

export const longestText = 500
// No more is looked at than can be kept.
const longestScanned = 4 * longestText

/** A number as JSON or a form gives it. */
const whole = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.int("must be a whole number").min(least).max(most),
  )

export const moment = z
  .string()
  .max(40, "must be at most 40 characters")
  .transform((given, ctx) => {
    const at = parseCarrierDate(given)
    if (!at) ctx.addIssue({ code: "custom", message: "must be an instant such as 2026-11-22T09:30:00Z", input: null })
    return at ?? z.NEVER
  })

export const guiaField = z
  .string()
  .max(100, "must be at most 100 characters")
  .transform(normalGuia)
  .refine((guia) => guiaShape.test(guia), "must be 4 to 40 letters, digits and hyphens")
  .refine((guia) => !isWrittenNumber(guia), "must be a tracking number, not a telephone number")

const idField = z.string().regex(refShape, "must be 1 to 64 letters, digits, _ and -")

export const actionBody = z.strictObject({
  actionId: idField,
  guia: guiaField,
  type: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, `must be a word such as ${messageAction}`),
  status: z.enum(["FAILED", "SUCCESS"], "must be FAILED or SUCCESS"),
  httpCode: whole(0, 999).nullish(),
  errorCode: whole(0, 999_999_999).nullish(),
  errorMessage: plainText(10_000).nullish(),
  retryCount: whole(0, 1_000_000).nullish(),
  phone: plainText(100).nullish(),
  at: moment,
  connectionId: z
    .string()
    .regex(/^con_\w{1,40}$/, "must be the id of a connection")
    .nullish(),
  metadata: recordOf(z.string(), z.unknown(), 1_000).nullish(),
})
export type ActionBody = z.output<typeof actionBody>

// A tracking number has no country's code before a mobile, and no groups as people write numbers.
function isWrittenNumber(guia: string): boolean {
  if (/^(00)?57(3[0-5]\d{8}|60[1-8]\d{7})$/.test(guia)) return true
  return guia.includes("-") && containsPersonalData(guia)
}

export type SanitizedAction = {
  actionId: string
  guia: string
  type: string
  status: "SUCCESS" | "FAILED"
  httpCode: number | null
  errorCode: number | null
  retryCount: number
  at: Date
  connectionId: string | null
  phoneHash: string | null
  metadata: Metadata
}

/** Refuses a tracking number that is the number of whom the message was for. */
export function sanitizeAction(secrets: Secrets, body: ActionBody, path = ""): SanitizedAction {
  const phones = phonesIn(body.phone, body.metadata?.["telefono"])
  const known = { guias: [body.guia], phones }
  for (const phone of phones) {
    if (isNumberOf(body.guia, phone))
      throw invalidField(`${path}guia`, "must be a tracking number, not a telephone number")
  }
  const hash = phones[0] === undefined ? null : phoneHash(secrets, phones[0])
  const metadata = sanitizeMetadata(body.metadata ?? {}, known)
  const { errorMessage } = body
  const retryCount = body.retryCount ?? null
  const code = body.errorCode ?? body.httpCode ?? null
  if (body.status === "FAILED" && code !== null) metadata.failureCode = code
  if (errorMessage) metadata.failureReason = sanitizeText(withoutTokens(errorMessage), known)
  if (retryCount !== null) metadata.retryCount = retryCount
  if (hash !== null) metadata.phoneHash = hash
  return {
    actionId: sanitizeRef(secrets, body.actionId, known),
    guia: body.guia,
    type: body.type,
    status: body.status,
    httpCode: body.httpCode ?? null,
    errorCode: body.errorCode ?? null,
    retryCount: retryCount ?? 0,
    at: body.at,
    connectionId: body.connectionId ?? null,
    phoneHash: metadata.phoneHash ?? null,
    metadata,
  }
}

const phonesIn = (...given: unknown[]) =>
  given
    .filter((phone) => typeof phone === "string")
    .map((phone) => foldText(phone).text)
    .filter((phone) => /\d/.test(phone))

const digits = (text: string) => text.replaceAll(/\D/g, "")

/** Is it, by its last digits, the number of whom the message was for? */
export function isNumberOf(guia: string, phone: string): boolean {
  const own = digits(phone)
  return own.length >= 7 && digits(guia).endsWith(own.slice(-7)) && digits(guia).length <= 15
}

/** Known keys of the right type; texts without what belongs to a person, and no longer than they may be. */
export function sanitizeMetadata(given: Record<string, unknown>, known: KnownNumbers = {}): Metadata {
  const kept: Record<string, string | number> = {}
  for (const [key, kind] of Object.entries(metadataFields) as [MetadataField, string][]) {
    const value = given[key]
    if (kind === "text" && typeof value === "string" && value.trim() !== "") kept[key] = sanitizeText(value, known)
    if (kind === "number" && isCount(value)) kept[key] = value
    if (kind === "hash" && typeof value === "string" && isPhoneHash(value)) kept[key] = value
  }
  return kept
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 999_999

export function sanitizeText(text: string, known: KnownNumbers): string {
  const storable = text.slice(0, longestScanned).toWellFormed().replaceAll("\0", "")
  // Half a number at the cut is not known for one: what is kept ends before it, however much shorter the rest became.
  const kept = text.length > longestScanned ? storable.replace(/[^\p{L}]{1,80}$/u, "") : storable
  return redact(kept, known).trim().slice(0, longestText).toWellFormed()
}

// Errors of an HTTP client may hold what it was called with.
const withoutTokens = (text: string) =>
  text
    .replaceAll(/\bBearer\s+[\w.~+/=-]{8,}/gi, "Bearer [TOKEN_REDACTED]")
    .replaceAll(/\bEAA[A-Za-z0-9]{16,}/g, "[TOKEN_REDACTED]")
    .replaceAll(/\b((?:access_)?token|secret|password|apikey|api_key)=[^\s&"']+/gi, "$1=[TOKEN_REDACTED]")

/** An id that is somebody's number, or hides one, is kept as a keyed hash: the same id stays the same. */
export function sanitizeRef(secrets: Secrets, ref: string, known: KnownNumbers = {}): string {
  return containsPersonalData(ref, known) ? `ref_${secrets.hash(`ref ${ref}`).slice(0, 40)}` : ref
}

/** Refuses (400) a text that stays as it is written, when it holds what belongs to a person. */
export function refusePersonalText(field: string, ...texts: (string | undefined)[]): void {
  if (texts.some((text) => text !== undefined && containsPersonalData(text))) {
    throw invalidField(field, "must not hold telephone numbers or other personal data", "personal_data")
  }
}
