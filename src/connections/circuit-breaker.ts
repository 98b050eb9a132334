// When the whole account cannot send, one try is enough to know: the connection stops, and its messages wait.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { record } from "#event-log/index.ts"
import { connectionsTopic } from "./wake-topic.ts"

/** `needsPerson`: the account was refused again when it was asked; it is not asked any more until somebody changes it, or has it checked. */
export type CircuitBreaker = { since: string; code: number | null; reason: string; needsPerson?: true }

/** Stops the connection. False when it has stopped already: only the first who notices says so. */
export async function openCircuitBreaker(
  act: Act,
  connectionId: string,
  why: Pick<CircuitBreaker, "code" | "reason">,
): Promise<boolean> {
  const breaker: CircuitBreaker = { since: act.now.toISOString(), ...why }
  const opened = await sql`
    update connections set health = health || jsonb_build_object('breaker', ${JSON.stringify(breaker)}::jsonb)
    where id = ${connectionId} and coalesce(health -> 'breaker', 'null') = 'null'`.execute(act.tx)
  if (opened.numAffectedRows === 0n) return false
  await record(act, "connection.changed", { subjectId: connectionId, data: { change: "breaker_opened", ...why } })
  return true
}

/** Lets the connection send again. */
export async function closeCircuitBreaker(act: Act, connectionId: string): Promise<void> {
  const closed = await sql`
    update connections set health = health - 'breaker' where id = ${connectionId} and health ? 'breaker'`.execute(
    act.tx,
  )
  if (closed.numAffectedRows === 0n) return
  wakeAfter(act.tx, connectionsTopic)
  await record(act, "connection.changed", { subjectId: connectionId, data: { change: "breaker_closed" } })
}

/** Only a person can help: nothing asks by itself any more. */
export async function keepCircuitBreakerOpen(act: Act, connectionId: string): Promise<void> {
  const kept = await sql`
    update connections set health = jsonb_set(health, '{breaker,needsPerson}', 'true')
    where id = ${connectionId} and health ? 'breaker' and not health -> 'breaker' ? 'needsPerson'`.execute(act.tx)
  if (kept.numAffectedRows === 0n) return
  await record(act, "connection.changed", { subjectId: connectionId, data: { change: "breaker_kept" } })
}
