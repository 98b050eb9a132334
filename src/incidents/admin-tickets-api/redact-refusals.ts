import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "#kernel/errors.ts"
import { sendProblem } from "#kernel/http/send-problem.ts"
import { redact } from "#privacy/index.ts"

/** A refusal names fields, and a field may be named with what must not be repeated. */
export function redactRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof Refusal)) return sendProblem(error, request, reply)
  const errors = error.extra.errors?.map(({ path: at, message }) => ({ path: redact(at), message: redact(message) }))
  const extra = { ...error.extra, ...(errors && { errors }) }
  return sendProblem(new Refusal(error.kind, error.code, redact(error.message), extra), request, reply)
}
