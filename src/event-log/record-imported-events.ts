import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import type { EventKind } from "./event-kinds.ts"

export type ImportedEvent = { kind: EventKind; ticketId: string; at: Date; data: Record<string, unknown> }

const columns = "kind text, ticket_id text, at timestamptz, data jsonb"

/**
 * Writes what happened to tickets in another system, in this order: the one rule by which nothing follows from an import. Such an
 * event begins with position 0, which stands for what every reader has read: no job, no notification, no e-mail, no
 * routing, no deadline, no screen. The database refuses any other position (`events_imported_are_past`).
 */
export function recordImportedStatement(facts: readonly ImportedEvent[]): Statement {
  const rows = facts.map(({ kind, ticketId, at, data }) => ({ kind, ticket_id: ticketId, at, data }))
  return statement(
    "",
    (p) => `insert into events (at, kind, ticket_id, team_id, assignee_id, actor_kind, data, position, placed_at)
      select r.at, r.kind, r.ticket_id, t.team_id, t.assignee_id, 'system', r.data || '{"origin":"import"}', 0, clock_timestamp()
      from ${rowsSql(p, rows, columns)}
        left join lateral (select team_id, assignee_id from tickets where id = r.ticket_id offset 0) t on true`,
  )
}
