// The answers kept for a repeated Idempotency-Key: by whom, on which route, to which request.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { Refusal } from "../errors.ts"

/** Keys are honoured this long (hours). */
export const idempotencyHours = 24

// A claim this old belongs to a server that died at work; no request takes as long (seconds).
const claimedForAtMost = 60

/** `isSecret`: the answer is shown once, so it is not kept. */
export type IdempotencyKey = { principal: string; route: string; key: string; bodyHash: string; isSecret: boolean }
export type StoredResponse = { status: number; body: unknown }

const young = (seconds: number) => sql<boolean>`created_at > now() - make_interval(secs => ${seconds})`
const inProgress = () => new Refusal("conflict", "in_progress", undefined, { retryAfterSeconds: 1 })

/** Held until the transaction ends, on whichever server it runs; a crash releases it. Refuses while somebody holds it. */
export async function lockKey(tx: Kysely<DB>, { principal, route, key }: IdempotencyKey): Promise<void> {
  const name = [principal, route, key].join("\n")
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`.execute(tx)
  if (!lock.rows[0]?.free) throw inProgress()
}

/** What was answered before, if anything. Refuses another request under the same key, and an answer that is not kept. */
export async function storedResponse(from: Kysely<DB>, asked: IdempotencyKey): Promise<StoredResponse | null> {
  const kept = await rowOf(from, asked)
    .where(young(idempotencyHours * 3_600))
    .executeTakeFirst()
  if (!kept) return null
  if (kept.bodyHash !== asked.bodyHash) throw new Refusal("mismatch", "idempotency_mismatch")
  if (kept.state === "secret") throw new Refusal("conflict", "already_done")
  if (kept.state === "running") throw inProgress()
  return { status: kept.status ?? 200, body: kept.body }
}

const rowOf = (from: Kysely<DB>, { principal, route, key }: IdempotencyKey) =>
  from
    .selectFrom("idempotencyKeys")
    .selectAll()
    .where("principal", "=", principal)
    .where("route", "=", route)
    .where("key", "=", key)

export async function storeResponse(
  to: Kysely<DB>,
  asked: IdempotencyKey,
  { status, body }: StoredResponse,
): Promise<void> {
  const { isSecret, ...row } = asked
  const state = isSecret ? ("secret" as const) : ("done" as const)
  const set = { bodyHash: asked.bodyHash, state, status, body: isSecret ? null : JSON.stringify(body ?? null) }
  await to
    .insertInto("idempotencyKeys")
    .values({ ...row, ...set })
    .onConflict((c) => c.columns(["principal", "route", "key"]).doUpdateSet({ ...set, createdAt: sql`now()` }))
    .execute()
}

/** Claims the key for work outside a transaction; when it was answered before, gives that instead. */
export async function claimKey(db: Kysely<DB>, asked: IdempotencyKey): Promise<StoredResponse | null> {
  const { isSecret: _, ...row } = asked
  const set = {
    state: "running" as const,
    bodyHash: asked.bodyHash,
    status: null,
    body: null,
    createdAt: sql<Date>`now()`,
  }
  const isOver = sql<boolean>`idempotency_keys.created_at <= now() - make_interval(secs =>
    case idempotency_keys.state when 'running' then ${claimedForAtMost}::int else ${idempotencyHours * 3_600}::int end)`
  const claimed = await db
    .insertInto("idempotencyKeys")
    .values({ ...row, ...set })
    .onConflict((c) => c.columns(["principal", "route", "key"]).doUpdateSet(set).where(isOver))
    .returning("key")
    .executeTakeFirst()
  if (claimed) return null
  const known = await storedResponse(db, asked)
  // Between both looks the work failed and released its claim: the next request may do it.
  if (!known) throw inProgress()
  return known
}

/** The work failed: a repeat may try it again. */
export async function releaseKeyClaim(db: Kysely<DB>, { principal, route, key }: IdempotencyKey): Promise<void> {
  await db
    .deleteFrom("idempotencyKeys")
    .where("principal", "=", principal)
    .where("route", "=", route)
    .where("key", "=", key)
    .where("state", "=", "running")
    .execute()
}
