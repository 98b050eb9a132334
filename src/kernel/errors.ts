/** How each kind of refusal is said over HTTP. Nothing else in Hilo chooses a status for an error. */
export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  mismatch: 422,
  too_many: 429,
  internal: 500,
  unavailable: 503,
  full: 507,
} as const

export type RefusalKind = keyof typeof statusOf

/** Every code a caller may meet, with what it means. Compared with docs/errors.md by a test. */
export const errorCodes = {
  account_disabled: "The account is switched off; switch it on first.",
  address_proved: "Somebody has shown that the address is theirs; only staff take it away.",
  already_assigned: "Another agent holds the ticket; the answer names them. Send `override` to take it.",
  already_done: "The same Idempotency-Key was used and its answer held a secret that is not kept.",
  already_sent: "The message has left, or is about to; it cannot be taken back.",
  at_capacity:
    "The agent has as much as they take; the answer says how much. Leads may send `override`, with a reason.",
  bad_credentials: "E-mail and password do not belong together, or the account is disabled.",
  being_reopened: "The ticket is being reopened in the other system right now; try again in a minute.",
  by_agreement: "The ticket is mirrored from other systems: it opens and closes by their agreement only.",
  channel_failed: "The channel's own side did not answer as it should; the detail says how.",
  connection_disabled: "The connection exists but is switched off or was deleted; it takes no messages.",
  content_encoding: "Bodies are taken as they are: send it without `Content-Encoding`.",
  content_too_long: "The channel takes no text as long as this.",
  contact_blocked: "The contact is blocked: nobody writes to them until that is taken back.",
  cross_origin:
    "A signed-in browser may change things only from Hilo's own pages; a program sends an API key (`Authorization: Bearer`).",
  disk_full: "There is no room left on a disk; nothing was kept. Send it again once there is.",
  duplicate_entry: "The value of the named field is taken.",
  forbidden: "Signed in, but this is not for your role.",
  idempotency_mismatch: "The same Idempotency-Key came with another request.",
  in_progress: "The same Idempotency-Key is being worked on right now.",
  in_use: "Something else still depends on it.",
  internal: "Something broke on our side; the request id finds it in the logs.",
  invalid: "The request does not have the expected shape; `errors` names each field.",
  last_admin: "Hilo needs at least one admin who can sign in.",
  link_over: "The link was used, is too old, or was never made; ask for another one.",
  machine_weak: "The machine that Hilo runs on fails at something; the request id finds it in the logs.",
  merged: "The ticket was merged into another one; the answer names it.",
  newer_reply: "A colleague replied since the message you last saw; the answer names them.",
  no_mail: "The ticket holds no mail, and has nobody to write to by one.",
  not_available: "This part of Hilo is not built yet.",
  not_found: "It does not exist, or you may not see it.",
  not_merged: "The ticket is not merged into another one.",
  not_failed: "The message has not failed, or somebody has dealt with it.",
  not_verified: "The account has not shown yet that messages come and go; verify it first.",
  not_retryable: "Sending the message again makes no sense, or not yet.",
  not_splittable: "Tickets of this kind stay whole.",
  other_customer: "The two belong to different customers; a lead or an admin may send `override` with the reason.",
  setup_closed: "Set-up is over, or the link was used or replaced.",
  site_not_allowed: "The chat is not open to pages of this site; its settings name those that it is open to.",
  stale: "The ticket changed since you read it; `changed` says what.",
  survey_answered: "The link was answered before; the first answer stands.",
  thread_busy: "The conversation already has another active ticket; the answer names it.",
  too_large: "The request is larger than Hilo takes.",
  too_late: "The time in which it could be taken back is over.",
  too_many: "Too many tries; `Retry-After` says when to come back.",
  transition: "The ticket cannot go from its status to the one asked for.",
  unauthenticated: "Sign in, or send a valid key.",
  undeliverable: "The contact cannot be reached on this channel, or does not want to be.",
  storage_away: "The files cannot be reached right now; try again shortly.",
  unavailable: "The database cannot be reached right now; try again shortly.",
  window_closed: "More than 24 hours have passed since the customer wrote; only a template can be sent.",
} as const

export type ErrorCode = keyof typeof errorCodes

/** What is wrong with a field, for who must say it in other words than `message`; none when only `message` says it. */
export type FieldCode =
  | "required"
  | "unknown_field"
  | "too_short"
  | "too_long"
  | "email"
  | "taken"
  | "too_simple"
  | "too_personal"
  | "personal_data"

export type FieldError = { path: string; message: string; code?: FieldCode }

type Extra = { errors?: FieldError[]; retryAfterSeconds?: number; more?: Record<string, unknown> }

/** A request that is refused on purpose. `more` is added to the problem document as it is. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: ErrorCode
  readonly extra: Extra

  constructor(kind: RefusalKind, code: ErrorCode, detail?: string, extra: Extra = {}) {
    super(detail ?? errorCodes[code])
    this.kind = kind
    this.code = code
    this.extra = extra
  }
}

export function invalidField(path: string, message: string, code?: FieldCode): Refusal {
  return new Refusal("invalid", "invalid", `${path}: ${message}`, {
    errors: [{ path, message, ...(code && { code }) }],
  })
}

export function duplicateEntry(field: string): Refusal {
  return new Refusal("invalid", "duplicate_entry", `Duplicate entry for ${field}`, {
    errors: [{ path: field, message: "is already taken", code: "taken" }],
  })
}

export function notFound(what: string): Refusal {
  return new Refusal("not_found", "not_found", `There is no such ${what}, or you may not see it`)
}

/** The name of the unique index or constraint that refused, or null when it was something else. */
export function uniqueViolation(error: unknown): string | null {
  const e = error as { code?: string; constraint?: string } | null
  return e?.code === "23505" ? (e.constraint ?? "") : null
}

const connectionFailures = new Set(
  "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN 57P01 57P02 57P03 53300".split(
    " ",
  ),
)

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code
  // A DOMException has a number there.
  return typeof code === "string" ? code : ""
}

/** Was it the database going away (rather than refusing)? Such a request may simply be sent again. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error)
  if (connectionFailures.has(code) || code.startsWith("08")) return true
  return /timeout exceeded when trying to connect|Connection terminated|not queryable|pool after calling end|Query read timeout/i.test(
    (error as { message?: string } | null)?.message ?? "",
  )
}

const fullness = new Set(["53100", "ENOSPC", "EDQUOT"])
// Memory, a disk that fails or may only be read, what the system limits; of PostgreSQL and of our own folder.
const weakness =
  /^(53\w{3}|58\w{3}|25006|57P0\d|EIO|EROFS|EACCES|EPERM|EMFILE|ENFILE|ENOMEM|ESTALE|ENODEV|ENXIO|ENOTCONN)$/
// Lock timeout, deadlock, a serialization that failed; and a statement timeout: the work may simply be sent again.
const contention = ["55P03", "40P01", "40001"]
const busyness = new Set(["57014", ...contention])

/** What of the machine failed, when it was the machine: nothing is wrong with what was asked. */
export function faultOf(error: unknown): "unreachable" | "full" | "weak" | "busy" | null {
  const code = codeOf(error)
  if (fullness.has(code)) return "full"
  if (isUnreachable(error)) return "unreachable"
  if (busyness.has(code)) return "busy"
  if (weakness.test(code)) return "weak"
  const name = (error as { name?: unknown } | null)?.name
  return name === "TimeoutError" || name === "AbortError" ? "busy" : null
}

/** Such an error says nothing about the one thing that was worked on: later it may well be done. */
export function isMachineFault(error: unknown): boolean {
  const fault = faultOf(error)
  return fault === "unreachable" || fault === "full" || fault === "weak"
}

/** Did others hold what it needed? Nothing is wrong with what was asked, however often that happens. */
export const isContention = (error: unknown): boolean => contention.includes(codeOf(error))

/** Where files are kept does not answer as it should. */
export function storageAway(cause: unknown): Refusal {
  const away = new Refusal("unavailable", "storage_away", undefined, { retryAfterSeconds: 10 })
  away.cause = cause
  return away
}
