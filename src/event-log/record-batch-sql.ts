import type { Actor } from "#kernel/act.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { EventKind } from "./event-kinds.ts"
import type { DecisionReason } from "./record-event.ts"

export type BatchEvent = {
  kind: EventKind
  actor: Actor
  ticketId: string | null
  subjectId: string | null
  data?: Record<string, unknown>
  why?: DecisionReason | null
}

/** Their insert as part of a larger statement: `from` has the columns that are named here. */
export const recordBatchSql = (
  at: string,
  from: string,
) => `insert into events (at, kind, ticket_id, team_id, assignee_id, subject_id, actor_kind, actor_id, data, why)
  select ${at}, r.kind, r.ticket_id, r.team_id, r.assignee_id, r.subject_id, r.actor_kind, r.actor_id, r.data, r.why
  from ${from}`

/** The columns of an event as JSON has them. */
export const eventRecord =
  "kind text, ticket_id text, subject_id text, actor_kind text, actor_id text, data jsonb, why jsonb"

export const toEventRecord = ({ kind, actor, ticketId, subjectId, data = {}, why = null }: BatchEvent) => {
  return { kind, ticket_id: ticketId, subject_id: subjectId, actor_kind: actor.kind, actor_id: actor.id, data, why }
}

/** Writes many facts of one instant, in their order: after the changes that they are about. */
export function recordBatchStatement(facts: readonly BatchEvent[], at: Date): Statement {
  const rows = facts.map(toEventRecord)
  return statement(`record-${countWord(rows)}`, (p) =>
    recordBatchSql(
      `${p(at)}::timestamptz`,
      `(select r.*, t.team_id, t.assignee_id from ${rowsSql(p, rows, eventRecord)}
        left join lateral (select team_id, assignee_id from tickets where id = r.ticket_id offset 0) t on true) r`,
    ),
  )
}
