import type { FastifyError, FastifyReply, FastifyRequest } from "fastify"
import { noteFault } from "./faults.ts"
import { type ErrorCode, faultOf, invalidField, Refusal, statusOf, uniqueViolation } from "./errors.ts"

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Conflict",
  412: "Changed meanwhile",
  413: "Too large",
  422: "Does not match",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
  507: "No room left",
}

/** The one place where an error becomes an answer (RFC 9457). Unknown errors are logged here, once. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error, request)
  const trouble = troubles[refusal.code]
  if (trouble !== undefined) noteFault(trouble)
  if (refusal.kind === "internal" || trouble !== undefined)
    request.log.error({ err: refusal.cause ?? error }, "request failed")
  const status = statusOf[refusal.kind]
  const { errors, retryAfterSeconds, more } = refusal.extra
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfterSeconds))))
  return reply
    .code(status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:hilo:problem:${refusal.code}`,
        title: titles[status] ?? "Error",
        status,
        code: refusal.code,
        detail: refusal.message,
        ...(errors && { errors }),
        ...more,
        requestId: request.id,
      }),
    )
}

/** What whoever watches the machine is told. */
const troubles: Partial<Record<ErrorCode, string>> = {
  disk_full: "disk full",
  machine_weak: "machine failing",
  storage_away: "storage away",
}

const unavailable = (retryAfterSeconds: number, detail?: string) => () =>
  new Refusal("unavailable", "unavailable", detail, { retryAfterSeconds })

const faults = {
  unreachable: unavailable(2),
  busy: unavailable(1, "The database is busy; try again shortly"),
  weak: () => new Refusal("unavailable", "machine_weak", undefined, { retryAfterSeconds: 10 }),
  full: () => new Refusal("full", "disk_full", undefined, { retryAfterSeconds: 60 }),
}

// What PostgreSQL says of a value that is not of the column's type: only a cursor that we did not make can hold one.
const wrongValue = new Set(["22003", "22007", "22008", "22P02"])

// The parser of forms has no codes.
const unreadableForm =
  /^(Unexpected end of (form|file|multipart)|Malformed (part header|content type)|Multipart: |Missing boundary)/i

/** What an error means to whoever asked. */
export function refusalOf(error: unknown, { query }: Pick<FastifyRequest, "query">): Refusal {
  if (error instanceof Refusal) return error
  const fault = faultOf(error)
  if (fault !== null) return faults[fault]()
  const e = (error ?? {}) as Partial<FastifyError> & { code?: string }
  // 22021, 22P05: text that no column can hold, such as a NUL in an id of the path. Fields of bodies are mended before.
  if (e.code === "22021" || e.code === "22P05")
    return new Refusal("invalid", "invalid", "The request holds text that cannot be stored")
  if (wrongValue.has(e.code ?? "") && Object.hasOwn(query ?? {}, "cursor")) {
    return invalidField("cursor", "must be the nextCursor of the same list")
  }
  if (e.message && unreadableForm.test(e.message))
    return new Refusal("invalid", "invalid", "The form ends or begins wrongly")
  if (uniqueViolation(error) !== null) return new Refusal("invalid", "duplicate_entry", "Duplicate entry")
  if (e.statusCode === 413) return new Refusal("too_large", "too_large")
  if (e.statusCode !== undefined && e.statusCode >= 400 && e.statusCode < 500) {
    return new Refusal("invalid", "invalid", e.message ?? "The request could not be read")
  }
  return new Refusal("internal", "internal")
}
