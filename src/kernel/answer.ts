// Runs a write of the HTTP door in one transaction and keeps its answer for a repeated Idempotency-Key.
import type { FastifyReply, FastifyRequest } from "fastify"
import { sql } from "kysely"
import { type Act, inTransaction } from "./act.ts"
import type { Database } from "./db.ts"
import { invalidField, Refusal } from "./errors.ts"
import type { Secrets } from "./secrets.ts"
import type { Storage } from "./storage.ts"

/** What every part is given. `now` is the clock; tests give their own. `graphUrl` is where Meta's Graph API answers. */
export type Kit = { db: Database; secrets: Secrets; now: () => Date; graphUrl: string; storage: Storage }

/** Keys are honoured this long (hours). */
export const keptHours = 24

/** Sends `work`'s result with `status`. The work, its events and the kept answer are one transaction. */
export async function answer<T>(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  work: (act: Act) => Promise<T>,
) {
  const kept = await inTransaction(kit.db, { actor: request.actor, now: kit.now() }, async (act) => {
    const key = idempotencyKey(request)
    return key === null ? { status, body: await work(act) } : once({ kit, act, request, key, status, work })
  })
  reply.code(kept.status)
  return kept.body as T
}

function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers["idempotency-key"]
  if (request.method !== "POST" || key === undefined) return null
  if (typeof key === "string" && key.length >= 1 && key.length <= 200) return key
  throw invalidField("header Idempotency-Key", "must be 1 to 200 characters")
}

type Repeatable<T> = {
  kit: Kit
  act: Act
  request: FastifyRequest
  key: string
  status: number
  work: (act: Act) => Promise<T>
}

async function once<T>({ kit, act, request, key, status, work }: Repeatable<T>) {
  const principal = `${request.actor.kind}:${request.actor.id}`
  const route = `${request.method} ${request.routeOptions.url}`
  const bodyHash = kit.secrets.hash(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
  await refuseWhileRunning(act, [principal, route, key].join("\n"))
  const kept = await act.tx
    .selectFrom("idempotencyKeys")
    .selectAll()
    .where("principal", "=", principal)
    .where("route", "=", route)
    .where("key", "=", key)
    .where("createdAt", ">", sql<Date>`now() - make_interval(hours => ${keptHours})`)
    .executeTakeFirst()
  if (kept) return keptAnswer(kept, bodyHash)
  const body = await work(act)
  const isSecret = request.routeOptions.config.secretAnswer === true
  const state = isSecret ? ("secret" as const) : ("done" as const)
  const row = { bodyHash, state, status, body: isSecret ? null : JSON.stringify(body ?? null) }
  await act.tx
    .insertInto("idempotencyKeys")
    .values({ principal, route, key, ...row })
    .onConflict((c) => c.columns(["principal", "route", "key"]).doUpdateSet({ ...row, createdAt: sql`now()` }))
    .execute()
  return { status, body }
}

// Held until the transaction ends, on whichever server it runs; a crash lets go of it.
async function refuseWhileRunning(act: Act, name: string) {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`.execute(act.tx)
  if (!lock.rows[0]?.free) throw new Refusal("conflict", "in_progress", undefined, { retryAfterSeconds: 1 })
}

function keptAnswer(kept: { bodyHash: string; state: string; status: number | null; body: unknown }, bodyHash: string) {
  if (kept.bodyHash !== bodyHash) throw new Refusal("mismatch", "idempotency_mismatch")
  if (kept.state === "secret") throw new Refusal("conflict", "already_done")
  return { status: kept.status ?? 200, body: kept.body }
}
