// Runs a write over HTTP in one transaction and keeps its answer for a repeated Idempotency-Key.
import type { FastifyReply, FastifyRequest } from "fastify"
import { type Act, inTransaction } from "../act.ts"
import { invalidField, uniqueViolation } from "../errors.ts"
import {
  type IdempotencyKey,
  claimKey,
  releaseKeyClaim,
  storeResponse,
  storedResponse,
  lockKey,
} from "./idempotency-keys.ts"
import type { Kit } from "../kit.ts"

/**
 * Sends `work`'s result with `status`, which may be asked for once the work is done. The work, its events and the kept
 * answer are one transaction.
 */
export async function runRequest<T>(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number | (() => number),
  work: (act: Act) => Promise<T>,
) {
  const asked = askedBy(kit, request)
  const done = (body: T) => ({ status: typeof status === "number" ? status : status(), body })
  const kept = await inTransaction(kit.db, { actor: request.actor, now: kit.now() }, async (act) => {
    if (asked === null) return done(await work(act))
    await lockKey(act.tx, asked)
    const known = await storedResponse(act.tx, asked)
    if (known) return known
    const made = done(await work(act))
    await storeResponse(act.tx, asked, made)
    return made
  })
  reply.code(kept.status)
  return kept.body as T
}

/**
 * The same for work that has transactions of its own or asks the world outside: nothing is held open meanwhile. A crash
 * between the work and the kept answer lets a repeat do it again, so the work must know a repeat by itself or bear it.
 */
export async function runRequestWithoutTransaction<T>(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  work: () => Promise<T>,
) {
  reply.code(status)
  const asked = askedBy(kit, request)
  if (asked === null) return work()
  const known = await claimKey(kit.db.kysely, asked)
  if (known) {
    reply.code(known.status)
    return known.body as T
  }
  try {
    const body = await work()
    await storeResponse(kit.db.kysely, asked, { status, body })
    return body
  } catch (error) {
    await releaseKeyClaim(kit.db.kysely, asked)
    throw error
  }
}

/** A race for something new is lost once at most: the second look finds who has won. A refusal may have the violation as its cause. */
export async function retryOnUniqueViolation<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (uniqueViolation(error) === null && uniqueViolation((error as Error).cause) === null) throw error
    return work()
  }
}

function askedBy(kit: Kit, request: FastifyRequest): IdempotencyKey | null {
  const key = request.headers["idempotency-key"]
  if (request.method !== "POST" || key === undefined) return null
  if (typeof key !== "string" || key.length < 1 || key.length > 200)
    throw invalidField("header Idempotency-Key", "must be 1 to 200 characters")
  return {
    principal: `${request.actor.kind}:${request.actor.id}`,
    route: `${request.method} ${request.routeOptions.url}`,
    // The caller may have made it of a person's number or name.
    key: kit.secrets.hash(`idempotency ${key}`),
    bodyHash: kit.secrets.hash(`${request.url}\n${JSON.stringify(request.body ?? null)}`),
    isSecret: request.routeOptions.config.secretAnswer === true,
  }
}
