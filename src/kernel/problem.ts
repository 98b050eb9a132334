import type { FastifyError, FastifyReply, FastifyRequest } from "fastify"
import { invalidField, isUnreachable, Refusal, statusOf, uniqueViolation } from "./errors.ts"

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
}

/** The one place where an error becomes an answer (RFC 9457). Unknown errors are logged here, once. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error, request)
  if (refusal.kind === "internal") request.log.error({ err: error }, "request failed")
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

// What PostgreSQL says of a value that is not of the column's type: only a cursor that we did not make can hold one.
const wrongValue = new Set(["22003", "22007", "22008", "22P02"])

/** What an error means to whoever asked. */
export function refusalOf(error: unknown, { query }: Pick<FastifyRequest, "query">): Refusal {
  if (error instanceof Refusal) return error
  if (isUnreachable(error)) return new Refusal("unavailable", "unavailable", undefined, { retryAfterSeconds: 2 })
  const e = error as Partial<FastifyError> & { code?: string }
  // 57014 statement timeout, 55P03 lock timeout, 40P01 deadlock: the work may simply be sent again.
  if (e.code === "57014" || e.code === "55P03" || e.code === "40P01") {
    return new Refusal("unavailable", "unavailable", "The database is busy; try again shortly", {
      retryAfterSeconds: 1,
    })
  }
  // 22021, 22P05: text that no column can hold, such as a NUL in an id of the path. Fields of bodies are mended before.
  if (e.code === "22021" || e.code === "22P05")
    return new Refusal("invalid", "invalid", "The request holds text that cannot be stored")
  if (wrongValue.has(e.code ?? "") && Object.hasOwn(query ?? {}, "cursor")) {
    return invalidField("cursor", "must be the nextCursor of the same list")
  }
  if (uniqueViolation(error) !== null) return new Refusal("invalid", "duplicate_entry", "Duplicate entry")
  if (e.statusCode === 413) return new Refusal("too_large", "too_large")
  if (e.statusCode !== undefined && e.statusCode >= 400 && e.statusCode < 500) {
    return new Refusal("invalid", "invalid", e.message ?? "The request could not be read")
  }
  return new Refusal("internal", "internal")
}
