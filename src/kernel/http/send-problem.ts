import type { Duplex } from "node:stream"
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify"
import { recordFault } from "../recent-faults.ts"
import { type ErrorCode, faultOf, invalidField, Refusal, statusOf, uniqueViolation } from "../errors.ts"

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  408: "Too slow",
  409: "Conflict",
  412: "Changed meanwhile",
  413: "Too large",
  415: "Not understood",
  422: "Does not match",
  429: "Too many requests",
  431: "Too large",
  500: "Internal error",
  503: "Unavailable",
  507: "No room left",
}

/** The one place where an error becomes an answer (RFC 9457). Unknown errors are logged here, once. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toRefusal(error, request)
  const trouble = troubles[refusal.code]
  if (trouble !== undefined) recordFault(trouble)
  if (refusal.kind === "internal" || trouble !== undefined)
    request.log.error({ err: refusal.cause ?? error }, "request failed")
  const status = statusOf[refusal.kind]
  const { errors, retryAfterSeconds, more } = refusal.extra
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(Math.max(1, Math.ceil(retryAfterSeconds))))
  const document = { ...problemOf(refusal, status), ...(errors && { errors }), ...more, requestId: request.id }
  return reply
    .code(status)
    .header("content-type", problemType)
    .header("cache-control", "no-store")
    .send(JSON.stringify(document))
}

export const problemType = "application/problem+json; charset=utf-8"

export const problemOf = ({ code, message }: Refusal, status: number) => ({
  type: `urn:hilo:problem:${code}`,
  title: titles[status] ?? "Error",
  status,
  code,
  detail: message,
})

const unreadable: Record<string, [number, Refusal]> = {
  HPE_HEADER_OVERFLOW: [431, new Refusal("too_large", "too_large", "The address or the headers are too long")],
  ERR_HTTP_REQUEST_TIMEOUT: [408, new Refusal("invalid", "invalid", "The request did not come in time")],
}
const noHttp: [number, Refusal] = [400, new Refusal("invalid", "invalid", "The request is not HTTP as it should be")]

/** The answer to bytes that never became a request: nothing above the socket has seen them. */
export function refuseUnreadableBody({ code }: { code?: string }, socket: Duplex) {
  if (code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  const [status, refusal] = unreadable[code ?? ""] ?? noHttp
  const body = JSON.stringify(problemOf(refusal, status))
  const head = [
    `HTTP/1.1 ${status} ${titles[status]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "x-content-type-options: nosniff",
    "connection: close",
  ]
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`)
}

/** What the log says to operators. */
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

// A part without a file name is a field, and our forms have none.
const onePart = "must be the only part of the form, and have a file name"
const forms: Record<string, string> = {
  FST_FIELDS_LIMIT: onePart,
  FST_PARTS_LIMIT: onePart,
  FST_FILES_LIMIT: onePart,
  FST_INVALID_MULTIPART_CONTENT_TYPE: "must come as multipart/form-data",
}

/** What an error means to the client. */
export function toRefusal(error: unknown, { query }: Pick<FastifyRequest, "query">): Refusal {
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
  const form = forms[e.code ?? ""]
  if (form !== undefined) return invalidField("file", form)
  if (e.message && unreadableForm.test(e.message))
    return new Refusal("invalid", "invalid", "The form ends or begins wrongly")
  // A value that is taken is refused by the module that owns it: what is left is a race that nobody is to blame for.
  if (uniqueViolation(error) !== null) return faults.busy()
  if (e.statusCode === 413) return new Refusal("too_large", "too_large")
  if (e.statusCode !== undefined && e.statusCode >= 400 && e.statusCode < 500) {
    return new Refusal("invalid", "invalid", e.message ?? "The request could not be read")
  }
  return new Refusal("internal", "internal")
}
