// Whether a linked system answers, as the server that asked it last has seen it. A circuit breaker is each server's own; this is for all.
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import type { SystemAnswer } from "./system-kind.ts"

/** What it said to somebody who wanted to know more than that. */
export async function recordAnswer({ db, now }: Pick<Kit, "db" | "now">, id: string, answer: SystemAnswer<unknown>) {
  if (answer.ok) return recordSeen(db, id, answer.askedAt)
  // Who was spared learned nothing: the cause is what came before.
  const detail = answer.failure === "paused" ? sql`coalesce(failure, ${answer.detail})` : sql`${answer.detail}`
  await sql`update linked_systems set failing_since = coalesce(failing_since, ${now()}), failure = ${detail}
    where id = ${id}`.execute(db.kysely)
}

async function recordSeen(db: Kit["db"], id: string, at: Date): Promise<void> {
  await sql`update linked_systems set last_seen_at = greatest(last_seen_at, ${at}), failing_since = null, failure = null
    where id = ${id}`.execute(db.kysely)
}

/**
 * It posted then: it is there, whether or not it answers what it is asked. Written once a minute, and not while somebody else holds
 * the system: who posts does not wait.
 */
export async function recordPost(db: Kit["db"], id: string, at: Date): Promise<void> {
  await sql`update linked_systems set last_seen_at = ${at} where id = (
    select id from linked_systems where id = ${id} and (last_seen_at is null or last_seen_at < ${at}::timestamptz - interval '1 minute')
    for no key update skip locked)`.execute(db.kysely)
}
