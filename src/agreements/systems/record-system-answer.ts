// Whether a linked system answers, as the server that asked it last has seen it. A circuit breaker is each server's own; this is for all.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Kit } from "#kernel/kit.ts"
import type { SystemAnswer } from "./system-kind.ts"

/** What it said to somebody who wanted to know more than that. */
export async function recordAnswer(kit: Pick<Kit, "db" | "now">, id: string, answer: SystemAnswer<unknown>) {
  if (answer.ok) return recordSeen(kit.db.kysely, id, answer.askedAt)
  // Who was spared learned nothing: the cause is what came before.
  const detail = answer.failure === "paused" ? sql`coalesce(failure, ${answer.detail})` : sql`${answer.detail}`
  await sql`update linked_systems set failing_since = coalesce(failing_since, ${kit.now()}), failure = ${detail}
    where id = ${id}`.execute(kit.db.kysely)
}

/** It answered then, or posted. */
export async function recordSeen(from: Kysely<DB>, id: string, at: Date): Promise<void> {
  await sql`update linked_systems set last_seen_at = greatest(last_seen_at, ${at}), failing_since = null, failure = null
    where id = ${id}`.execute(from)
}
