import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { EventKind } from "./kinds.ts"
import type { About } from "./record.ts"

export type Fact = About & { kind: EventKind }

/** Several facts in one statement, in their order. */
export async function recordMany(act: Act, facts: Fact[]): Promise<void> {
  if (facts.length === 0) return
  const rows = facts.map(({ kind, ticketId = null, subjectId = null, data = {}, why = null }) => {
    return { kind, ticketId, subjectId, data, why }
  })
  await sql`
    insert into events (at, kind, ticket_id, subject_id, actor_kind, actor_id, cause_id, depth, data, why)
    select ${act.now}::timestamptz, f.kind, f."ticketId", f."subjectId", ${act.actor.kind}::text, ${act.actor.id}::text,
      ${act.cause?.eventId ?? null}::bigint, ${act.cause ? act.cause.depth + 1 : 0}::int, f.data, f.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as f (kind text, "ticketId" text, "subjectId" text, data jsonb, why jsonb)`.execute(act.tx)
}
