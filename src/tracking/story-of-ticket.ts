// What somebody outside may know of a ticket: nothing but the steps and how it was resolved.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { runIn, statement } from "#kernel/db.ts"
import { rootSql } from "#tickets/index.ts"
import type { TrackStep } from "./api-contract.ts"
import { buildTimeline } from "./build-tracking-steps.ts"

export type Story = {
  id: string
  number: string
  subject: string
  kind: "support" | "conversation"
  status: string
  phase: string
  timeline: TrackStep[]
  resolutionNotes: string | null
}

type StoryRow = Omit<Story, "timeline"> & {
  createdAt: Date
  firstResponseAt: Date | null
  resolvedAt: Date | null
  closedAt: Date | null
  inProgressAt: Date | null
  turns: { step: TrackStep["step"]; at: string }[]
}

/** What was merged goes on where it went; what was resolved there for somebody else is theirs. */
export async function storyOf(from: Kysely<DB>, ticketId: string): Promise<Story | null> {
  const [row] = await runIn<StoryRow>(
    from,
    statement(
      "tracked-story",
      (p) => `select t.id, t.number, t.subject, t.kind, r.status, r.phase, t.created_at as "createdAt",
          t.first_response_at as "firstResponseAt", r.resolved_at as "resolvedAt", r.closed_at as "closedAt",
          case when r.contact_id is not distinct from t.contact_id then r.resolution end as "resolutionNotes", s.*
        from tickets t join tickets r on r.id = ${rootSql("t.id")} cross join lateral (
          select min(e.at) filter (where e.kind = 'ticket.assigned' and e.data ->> 'agentId' is not null
              or e.kind = 'message.posted' and e.actor_kind in ('user', 'key') and e.data ->> 'opening' is null) as "inProgressAt",
            coalesce(json_agg(json_build_object('step', split_part(e.kind, '.', 2), 'at', e.at) order by e.at, e.id)
              filter (where e.kind in ('ticket.resolved', 'ticket.closed', 'ticket.reopened') and e.data ->> 'mergedInto' is null), '[]') as turns
          from events e where e.ticket_id in (t.id, r.id) and (e.ticket_id = t.id or e.at >= t.closed_at)) s
        where t.id = ${p(ticketId)}`,
    ),
  )
  if (!row) return null
  const { createdAt, firstResponseAt, resolvedAt, closedAt, inProgressAt, turns, ...story } = row
  const facts = { status: row.status, createdAt, firstResponseAt, resolvedAt, closedAt, inProgressAt }
  return {
    ...story,
    timeline: buildTimeline({ ...facts, turns: turns.map((one) => ({ ...one, at: new Date(one.at) })) }),
  }
}
